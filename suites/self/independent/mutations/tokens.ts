/** ClientRequestToken compared by less than the whole call, or a replay that acts. */
import type { CallMembers } from "../../../../runner/model/index.ts";
import type { ServerHooks } from "../hooks.ts";
import { changedCalls, changedInput, globsOf, mutationsOf, withoutMembers } from "./mutation.ts";

const USERS = "rekognition CreateUser DeleteUser";

/** Keeps tokens by `key` and compares calls by `compared`; `undefined` compares nothing. */
function tokensBy(
  key: (token: string, action: string, input: CallMembers) => string,
  compared: (input: CallMembers) => unknown,
  forgetsMismatch = false,
): Partial<ServerHooks> {
  const calls = new Map<string, string>();
  return changedCalls(USERS, (call, proceed) => {
    const { ClientRequestToken: token, ...input } = call.input;
    if (typeof token !== "string") return proceed(call);
    const id = key(token, call.action, input);
    const members = JSON.stringify(compared(input) ?? null);
    const first = calls.get(id);
    if (first === members) return { output: {} };
    if (first !== undefined) {
      if (forgetsMismatch) calls.delete(id);
      return { code: "IdempotentParameterMismatchException" };
    }
    const answer = proceed({ ...call, input });
    if ("output" in answer) calls.set(id, members);
    return answer;
  });
}

const allMembers = (input: CallMembers): unknown => Object.entries(input).sort();

export const tokenMutations = mutationsOf("tokens", globsOf(USERS), {
  "token-ignored": [() => changedInput(USERS, (input) => withoutMembers(input, "ClientRequestToken"))],
  "token-compares-nothing": [
    () =>
      tokensBy(
        (token, action) => token + action,
        () => undefined,
      ),
  ],
  "token-compares-collection": [
    () =>
      tokensBy(
        (token, action) => token + action,
        (input) => input["CollectionId"],
      ),
  ],
  "token-compares-user": [
    () =>
      tokensBy(
        (token, action) => token + action,
        (input) => input["UserId"],
      ),
  ],
  "token-in-any-case": [() => tokensBy((token, action) => token.toLowerCase() + action, allMembers)],
  "token-first-8-characters": [() => tokensBy((token, action) => token.slice(0, 8) + action, allMembers)],
  "token-of-both-actions": [() => tokensBy((token) => token, allMembers)],
  "token-by-collection": [
    () => tokensBy((token, action, input) => `${token} ${action} ${input["CollectionId"]}`, allMembers),
  ],
  "token-by-user": [() => tokensBy((token, action, input) => `${token} ${action} ${input["UserId"]}`, allMembers)],
  "token-mismatch-forgets": [() => tokensBy((token, action) => token + action, allMembers, true)],
  "token-replay-has-a-body": [
    () => {
      const tokens = new Set<unknown>();
      return changedCalls(USERS, (call, proceed) => {
        const answer = proceed(call);
        const token = call.input["ClientRequestToken"];
        if (token === undefined || "code" in answer) return answer;
        const isReplay = tokens.has(token);
        tokens.add(token);
        return isReplay ? { output: { Replayed: true } } : answer;
      });
    },
  ],
  "token-replay-deletes-the-new-user": [
    () =>
      changedCalls("rekognition DeleteUser", (call, proceed, { rekognition }) => {
        const answer = proceed(call);
        if (call.input["ClientRequestToken"] !== undefined && "output" in answer)
          rekognition.collections.get(String(call.input["CollectionId"]))?.users.delete(String(call.input["UserId"]));
        return answer;
      }),
  ],
});
