/** Faults that show only where equal calls meet: one alone is treated as it should be. */
import { buildResponse } from "../response.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck } from "./value-faults.ts";

type Refusal = NonNullable<Fault["refusal"]>;

/** Milliseconds: long enough for calls sent at once to meet on a busy machine. */
const hold = 100;

const whileRacing =
  (change: Refusal): Refusal =>
  (refused, context) =>
    context.concurrentTwins > 0 ? change(refused, context) : refused;

/** Refuses the winner, too, once others have come. */
const refusesAll =
  (code: string): NonNullable<Fault["answer"]> =>
  (answer, context) =>
    context.concurrentTwins > 0 && !context.refused
      ? buildResponse({
          ...context,
          refused: { refused: true, stage: "state", code, says: "", at: "", breach: "", value: undefined },
        })
      : answer;

const row = (
  id: string,
  description: string,
  action: string,
  hooks: Pick<Fault, "refusal" | "answer" | "extraRefusal">,
): Fault => ({ id, description, action, family: "concurrency", detects: "check:concurrency", holdMs: hold, ...hooks });

export const raceFaults: readonly Fault[] = [
  row("two-groups-at-once", "Lets several calls at once make the same group.", "tencent/iai/CreateGroup", {
    refusal: whileRacing(
      skipStateCheck("InvalidParameterValue.GroupIdAlreadyExist", "InvalidParameterValue.GroupNameAlreadyExist"),
    ),
  }),
  row("two-make-one-user", "Lets several calls at once make the same user.", "tencent/organization/CreateUser", {
    refusal: whileRacing(skipStateCheck("InvalidParameter.UsernameAlreadyExists")),
  }),
  row("im-two-make-one-group", "Lets several calls at once make the same group.", "tencent/im/create_group", {
    refusal: whileRacing(skipStateCheck("10021", "10025")),
  }),
  row("aws-two-make-one-user", "Lets several calls at once make the same user.", "aws/rekognition/CreateUser", {
    refusal: whileRacing(skipStateCheck("ConflictException")),
  }),
  row("two-delete-one-group", "Tells several calls at once that each deleted the group.", "tencent/iai/DeleteGroup", {
    refusal: whileRacing(skipStateCheck("InvalidParameterValue.GroupIdNotExist")),
  }),
  row(
    "two-remove-one-user",
    "Tells several calls at once that each removed the user.",
    "tencent/organization/RemoveUserFromGroup",
    { refusal: whileRacing(skipStateCheck("InvalidParameter.GroupUserNotExist")) },
  ),
  row(
    "aws-two-delete-one-user",
    "Tells several calls at once that each deleted the user.",
    "aws/rekognition/DeleteUser",
    {
      refusal: whileRacing(skipStateCheck("ResourceNotFoundException")),
    },
  ),
  row("nobody-makes-the-group", "Refuses all of several calls at once.", "tencent/iai/CreateGroup", {
    answer: refusesAll("InvalidParameterValue.GroupIdAlreadyExist"),
  }),
  row("aws-nobody-deletes-the-user", "Refuses all of several calls at once.", "aws/rekognition/DeleteUser", {
    answer: refusesAll("ResourceNotFoundException"),
  }),
  {
    ...row("loser-breaks", "Breaks where a call finds another at work.", "tencent/organization/CreateGroup", {
      refusal: whileRacing((refused) => ({ ...refused, code: "InternalError" })),
    }),
    detects: "check:code",
  },
  {
    ...row("loser-of-no-table", "Refuses the loser of a race with a code of no table.", "tencent/iai/CreatePerson", {
      refusal: whileRacing((refused) => ({ ...refused, code: "FailedOperation.DuplicateEntry" })),
    }),
    detects: "check:code",
  },
  {
    ...row(
      "im-one-at-a-time",
      "Refuses to import an account while the same import is at work.",
      "tencent/im/account_import",
      { extraRefusal: (_, { concurrentTwins }) => (concurrentTwins > 0 ? "70402" : undefined) },
    ),
    detects: "check:outcome",
  },
];
