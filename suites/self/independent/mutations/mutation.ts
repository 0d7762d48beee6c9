/** A mutation of the independent server: one thing that it does wrong. */
import type { CallMembers, Json } from "../../../../runner/model/index.ts";
import type { Answer, ServiceCall } from "../call.ts";
import type { ServerHooks } from "../hooks.ts";
import type { IndependentState } from "../server-state.ts";

/** The twelve kinds of mistakes, in the order of the files of this folder. */
export type MutationKind =
  | "lists"
  | "effects"
  | "tokens"
  | "partial-acts"
  | "races"
  | "signatures"
  | "encodings"
  | "types"
  | "bodies"
  | "code-places"
  | "hidden-codes"
  | "after-a-while";

export interface Mutation {
  readonly id: string;
  readonly kind: MutationKind;
  /** Globs on the ids of the cases that are expected to detect it. */
  readonly select: readonly string[];
  /** The changed hooks: new ones for each server, since some remember what they received. */
  readonly break: () => Partial<ServerHooks>;
}

/** `id` → globs and hooks; without globs those of `fallback` apply. */
type Row = readonly [hooks: () => Partial<ServerHooks>, select?: readonly string[]];

export const mutationsOf = (
  kind: MutationKind,
  fallback: readonly string[],
  rows: Readonly<Record<string, Row>>,
): Mutation[] => Object.entries(rows).map(([id, [hooks, select = fallback]]) => ({ id, kind, select, break: hooks }));

const MAIN_BINDINGS: Readonly<Record<string, string>> = { im: "tim-post", rekognition: "awsjson11" };

/** `iai CreateGroup DeleteGroup` → globs for the cases of these actions over the first binding of the service. */
export function globsOf(text: string): string[] {
  const [service = "", ...actions] = text.split(" ");
  const provider = service === "rekognition" ? "aws" : "tencent";
  const binding = MAIN_BINDINGS[service] ?? "tc3-post";
  return actions.map((action) => `${provider}/${service}/${action}/**@${binding}`);
}

export type ListEntry = Record<string, Json>;

/** Changes the answer to calls of some actions, named as `iai CreateGroup DeleteGroup`. */
export function changedCalls(
  names: string,
  change: (
    call: ServiceCall,
    proceed: (call: ServiceCall) => Answer,
    state: IndependentState,
  ) => Answer | Promise<Answer>,
): Partial<ServerHooks> {
  const [service, ...actions] = names.split(" ");
  return {
    call: (call, proceed, state) =>
      call.service === service && actions.includes(call.action) ? change(call, proceed, state) : proceed(call),
  };
}

/** Changes the output of accepted calls. */
export const changedOutput = (
  names: string,
  change: (output: CallMembers, call: ServiceCall, state: IndependentState) => CallMembers,
): Partial<ServerHooks> =>
  changedCalls(names, (call, proceed, state) => {
    const answer = proceed(call);
    return "output" in answer ? { output: change(answer.output, call, state) } : answer;
  });

/** Changes the entries of a list in the output. */
export const changedList = (
  names: string,
  member: string,
  change: (entries: ListEntry[], call: ServiceCall, state: IndependentState) => ListEntry[],
): Partial<ServerHooks> =>
  changedOutput(names, (output, call, state) => ({
    ...output,
    [member]: change(output[member] as ListEntry[], call, state),
  }));

/** Changes the input. */
export const changedInput = (names: string, change: (input: CallMembers) => CallMembers): Partial<ServerHooks> =>
  changedCalls(names, (call, proceed) => proceed({ ...call, input: change(call.input) }));

/** Does something more after the answer is known; `code` is absent where the call was accepted. */
export const furtherEffect = (
  names: string,
  effect: (state: IndependentState, input: Record<string, string>, code?: string) => void,
): Partial<ServerHooks> =>
  changedCalls(names, (call, proceed, state) => {
    const answer = proceed(call);
    effect(state, call.input as Record<string, string>, "code" in answer ? answer.code : undefined);
    return answer;
  });

export const withoutMembers = (members: CallMembers, ...names: string[]): CallMembers =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
