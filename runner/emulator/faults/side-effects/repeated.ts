/** Faults in the handling of a token that was used before, and of calls at once that share one unique value. */
import type { CallMembers } from "../../../model/index.ts";
import { isRefused } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import { text } from "../../services/handler.ts";
import type { RekognitionState } from "../../services/rekognition.ts";
import type { Fault } from "../fault.ts";
import { storeModified } from "../value-faults.ts";

type ExecuteHook = NonNullable<Fault["execute"]>;

const MISMATCH = "IdempotentParameterMismatchException";

const state = ({ emulator }: RequestContext) =>
  emulator.serviceStates.get("aws/rekognition")?.state as RekognitionState;
const keyOf = ({ action, members }: RequestContext) => `${action?.name} ${text(members, "ClientRequestToken")}`;
const inputOf = ({ members }: RequestContext) =>
  JSON.stringify([text(members, "CollectionId"), text(members, "UserId")]);
const isReplay = (context: RequestContext) => state(context).tokens.get(keyOf(context))?.input === inputOf(context);

/** Takes the input of the first call for that of this one, if they have the member with this index in common. */
const comparingOnly =
  (index: 0 | 1): ExecuteHook =>
  (next, context) => {
    const { tokens } = state(context);
    const first = tokens.get(keyOf(context));
    const memberOf = (input: string) => (JSON.parse(input) as string[])[index];
    if (first && memberOf(first.input) === memberOf(inputOf(context)))
      tokens.set(keyOf(context), { ...first, input: inputOf(context) });
    return next();
  };

const changingToken = (change: (token: string, members: CallMembers) => string): ExecuteHook =>
  storeModified((members) => {
    const token = text(members, "ClientRequestToken");
    return token === "" ? members : { ...members, ClientRequestToken: change(token, members) };
  });

/** After a mismatch the first call is forgotten, or replaced by the refused one. */
const afterMismatch =
  (isReplaced: boolean): ExecuteHook =>
  (next, context) => {
    const { tokens } = state(context);
    const first = tokens.get(keyOf(context));
    const result = next();
    if (!first || !isRefused(result) || result.code !== MISMATCH) return result;
    if (isReplaced) tokens.set(keyOf(context), { ...first, input: inputOf(context) });
    else tokens.delete(keyOf(context));
    return result;
  };

/** Executes the action without its token. */
function act({ emulator, action, members, now }: RequestContext): void {
  const service = emulator.serviceStates.get("aws/rekognition");
  const { ClientRequestToken: _, ...others } = members;
  service?.serviceEmulation.handlers[action?.name ?? ""]?.(service.state, others, {
    now,
    newId: service.newId,
    refuse: () => undefined,
  });
}

const onReplay =
  (change: (context: RequestContext, output: CallMembers) => CallMembers): ExecuteHook =>
  (next, context) => {
    const replayed = isReplay(context);
    const result = next();
    return replayed && !isRefused(result) ? change(context, result ?? {}) : result;
  };

type TokenFault = readonly [
  slug: string,
  description: string,
  detects: string,
  hooks: Pick<Fault, "execute" | "refusal">,
];

const tokenFaultsOf = (action: string): TokenFault[] => [
  ["compares-user", "Compares a used token by UserId only.", `state:${action}/lax`, { execute: comparingOnly(1) }],
  [
    "compares-collection",
    "Compares a used token by CollectionId only.",
    `state:${action}/lax`,
    { execute: comparingOnly(0) },
  ],
  [
    "token-of-collection",
    "Keeps tokens by collection.",
    `state:${action}/lax`,
    { execute: changingToken((token, members) => `${token} ${text(members, "CollectionId")}`) },
  ],
  [
    "token-without-case",
    "Takes tokens that differ in the case of letters for the same.",
    `state:${action}/strict`,
    { execute: changingToken((token) => token.toLowerCase()) },
  ],
  [
    "token-cut",
    "Takes tokens with the same 32 first characters for the same.",
    `state:${action}/strict`,
    { execute: changingToken((token) => token.slice(0, 32)) },
  ],
  [
    "mismatch-forgets",
    "Forgets a token after a mismatch.",
    `state:${action}/strict`,
    { execute: afterMismatch(false) },
  ],
  [
    "mismatch-replaces",
    "Keeps the input of a refused call for its token.",
    `state:${action}/strict`,
    { execute: afterMismatch(true) },
  ],
  [
    "mismatch-acts",
    "Executes a call that it refuses because of its token.",
    "check:unchanged",
    {
      refusal: (refusal, context) => {
        if (refusal.code === MISMATCH) act(context);
        return refusal;
      },
    },
  ],
  [
    "replay-acts",
    "Executes a call again whose token was used before.",
    "check:effect",
    {
      execute: onReplay((context, output) => {
        act(context);
        return output;
      }),
    },
  ],
  [
    "replay-differs",
    "Marks the response to a call whose token was used before.",
    "check:replay",
    { execute: onReplay((_, output) => ({ ...output, Replayed: true })) },
  ],
];

const tokenFaults = ["aws/rekognition/CreateUser", "aws/rekognition/DeleteUser"].flatMap((action) =>
  tokenFaultsOf(action).map(
    ([slug, description, detects, hooks]): Fault => ({
      id: `${action}:${slug}`,
      description,
      action,
      family: "idempotency",
      // The page of DeleteUser promises an empty body, so any other one is also a wrong output.
      detects: slug === "replay-differs" && action.endsWith("/DeleteUser") ? "check:output" : detects,
      ...hooks,
    }),
  ),
);

/** Long enough for calls sent together to overlap on a busy machine. */
const HOLD_MS = 100;

/** `overlappingCalls` counts equal calls only. */
const isAnotherServed = ({ emulator, action }: RequestContext): boolean =>
  [...emulator.concurrentCalls.values()].some((calls) => [...calls].some((call) => call.action === action));

const raceFaults = (
  [
    ["GroupName", "InvalidParameterValue.GroupNameAlreadyExist"],
    ["GroupId", "InvalidParameterValue.GroupIdAlreadyExist"],
  ] as const
).map(
  ([parameter, code]): Fault => ({
    id: `tencent/iai/CreateGroup:${parameter}-raced`,
    description: `Accepts several concurrent calls that have only ${parameter} in common.`,
    action: "tencent/iai/CreateGroup",
    family: "concurrency",
    detects: "check:concurrency",
    holdMs: HOLD_MS,
    refusal: (refusal, context) => (refusal.code === code && isAnotherServed(context) ? undefined : refusal),
  }),
);

export const repeatedEffectFaults: readonly Fault[] = [...tokenFaults, ...raceFaults];
