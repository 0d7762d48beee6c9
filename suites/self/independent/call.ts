/** A call of an action as the services see it, and their answer. */
import type { CallMembers } from "../../../runner/model/index.ts";

export interface ServiceCall {
  /** E.g. `iai`. */
  readonly service: string;
  readonly action: string;
  /** How it was sent: `tc3-post`, `tc3-get`, `v1-get`, `v1-post`, `im` or `aws`. */
  readonly binding: string;
  readonly input: CallMembers;
}

export type Answer = { readonly output: CallMembers } | { readonly code: string };

/** Thrown by a service: the call is refused with a code. */
export class RefusedCall extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export const refuseWith = (code: string): never => {
  throw new RefusedCall(code);
};

/** The result of `work`, or the code with which it refused. */
export function answerOf(work: () => CallMembers): Answer {
  try {
    return { output: work() };
  } catch (error) {
    if (error instanceof RefusedCall) return { code: error.code };
    throw error;
  }
}

/** What an action takes, and what it does with an input that its shapes accept. */
export interface ServiceAction {
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  handle(input: CallMembers): CallMembers;
}

export interface ParameterRule {
  readonly shape: Shape;
  readonly required: boolean;
}

export type Shape =
  /** `check` returns the code with which a value is refused. */
  | { readonly type: "text"; readonly check?: (value: string) => string | undefined }
  | { readonly type: "integer"; readonly check?: (value: number) => string | undefined; readonly unsigned?: boolean }
  | { readonly type: "boolean" }
  | {
      readonly type: "list";
      readonly items: Shape;
      readonly check?: (value: readonly unknown[]) => string | undefined;
    }
  | { readonly type: "object"; readonly members: Readonly<Record<string, ParameterRule>> }
  /** An object of texts with any names. */
  | { readonly type: "map" };

export const required = (shape: Shape): ParameterRule => ({ shape, required: true });
export const optional = (shape: Shape): ParameterRule => ({ shape, required: false });
export const textShape = (check?: (value: string) => string | undefined): Shape => ({
  type: "text",
  ...(check ? { check } : {}),
});
export const integerShape = (check?: (value: number) => string | undefined): Shape => ({
  type: "integer",
  ...(check ? { check } : {}),
});

/** Length in characters, one for each code point. */
export const characters = (value: string): number => [...value].length;
export const bytes = (value: string): number => Buffer.byteLength(value);
