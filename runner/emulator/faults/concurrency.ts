/** Faults in the handling of equal concurrent calls; a single call is handled correctly. */
import { buildResponse } from "../response.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

type RefusalHook = NonNullable<Fault["refusal"]>;

/** Long enough for calls sent together to overlap on a busy machine. */
const HOLD_MS = 100;

/** Applies `change` only to refusals of calls that overlap with an equal call. */
const whenConcurrent =
  (change: RefusalHook): RefusalHook =>
  (refusal, context) =>
    context.overlappingCalls > 0 ? change(refusal, context) : refusal;

/** Refuses the call that was accepted, too, if equal calls overlapped with it. */
const refuseAcceptedCall =
  (code: string): NonNullable<Fault["response"]> =>
  (response, context) =>
    context.overlappingCalls > 0 && !context.refusal
      ? buildResponse({
          ...context,
          refusal: { refused: true, stage: "state", code, message: "", parameter: "", breach: "", value: undefined },
        })
      : response;

const concurrencyFault = (
  id: string,
  description: string,
  action: string,
  hooks: Pick<Fault, "refusal" | "response" | "extraRefusal">,
): Fault => ({
  id,
  description,
  action,
  family: "concurrency",
  detects: "check:concurrency",
  holdMs: HOLD_MS,
  ...hooks,
});

export const concurrencyFaults: readonly Fault[] = [
  concurrencyFault(
    "two-groups-at-once",
    "Accepts several concurrent calls that create the same group.",
    "tencent/iai/CreateGroup",
    {
      refusal: whenConcurrent(
        skipStateCheck("InvalidParameterValue.GroupIdAlreadyExist", "InvalidParameterValue.GroupNameAlreadyExist"),
      ),
    },
  ),
  concurrencyFault(
    "two-make-one-user",
    "Accepts several concurrent calls that create the same user.",
    "tencent/organization/CreateUser",
    {
      refusal: whenConcurrent(skipStateCheck("InvalidParameter.UsernameAlreadyExists")),
    },
  ),
  concurrencyFault(
    "im-two-make-one-group",
    "Accepts several concurrent calls that create the same group.",
    "tencent/im/create_group",
    {
      refusal: whenConcurrent(skipStateCheck("10021", "10025")),
    },
  ),
  concurrencyFault(
    "aws-two-make-one-user",
    "Accepts several concurrent calls that create the same user.",
    "aws/rekognition/CreateUser",
    {
      refusal: whenConcurrent(skipStateCheck("ConflictException")),
    },
  ),
  concurrencyFault(
    "two-delete-one-group",
    "Accepts several concurrent calls that delete the same group.",
    "tencent/iai/DeleteGroup",
    {
      refusal: whenConcurrent(skipStateCheck("InvalidParameterValue.GroupIdNotExist")),
    },
  ),
  concurrencyFault(
    "two-remove-one-user",
    "Accepts several concurrent calls that remove the same user.",
    "tencent/organization/RemoveUserFromGroup",
    { refusal: whenConcurrent(skipStateCheck("InvalidParameter.GroupUserNotExist")) },
  ),
  concurrencyFault(
    "aws-two-delete-one-user",
    "Accepts several concurrent calls that delete the same user.",
    "aws/rekognition/DeleteUser",
    {
      refusal: whenConcurrent(skipStateCheck("ResourceNotFoundException")),
    },
  ),
  concurrencyFault(
    "nobody-makes-the-group",
    "Refuses all of several concurrent calls that create the same group.",
    "tencent/iai/CreateGroup",
    {
      response: refuseAcceptedCall("InvalidParameterValue.GroupIdAlreadyExist"),
    },
  ),
  concurrencyFault(
    "aws-nobody-deletes-the-user",
    "Refuses all of several concurrent calls that delete the same user.",
    "aws/rekognition/DeleteUser",
    {
      response: refuseAcceptedCall("ResourceNotFoundException"),
    },
  ),
  {
    ...concurrencyFault(
      "loser-breaks",
      "Refuses the later of two concurrent calls with InternalError.",
      "tencent/organization/CreateGroup",
      {
        refusal: whenConcurrent((refusal) => ({ ...refusal, code: "InternalError" })),
      },
    ),
    detects: "check:code",
  },
  {
    ...concurrencyFault(
      "loser-of-no-table",
      "Refuses the later of two concurrent calls with an undocumented code.",
      "tencent/iai/CreatePerson",
      {
        refusal: whenConcurrent((refusal) => ({ ...refusal, code: "FailedOperation.DuplicateEntry" })),
      },
    ),
    detects: "check:code",
  },
  {
    ...concurrencyFault(
      "im-one-at-a-time",
      "Refuses to import an account while the same import is in progress.",
      "tencent/im/account_import",
      { extraRefusal: (_, { overlappingCalls }) => (overlappingCalls > 0 ? "70402" : undefined) },
    ),
    detects: "check:outcome",
  },
];
