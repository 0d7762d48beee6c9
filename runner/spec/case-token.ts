/** A member value of a spec that stands for a token -> the token that is sent. */
import type { Json, Parameter } from "../model/index.ts";

/** Length where the parameter has no limit, in characters. */
const DEFAULT_LENGTH = 64;

/**
 * `fresh` stands for the token of the case. The others are further tokens, which a server must not take for that one or for
 * each other: `fresh in other case`, `fresh of full length` and, as long as this, `fresh with another end`.
 */
export function tokenValue(value: Json, token: string, parameter: Parameter | undefined): Json {
  const { minLength = 0, maxLength } = parameter?.schema ?? {};
  const fitted = token.padEnd(minLength, "a").slice(-(maxLength ?? DEFAULT_LENGTH));
  const full = (end: string) => fitted.padEnd((maxLength ?? DEFAULT_LENGTH) - 1, "a") + end;
  if (value === "fresh") return fitted;
  if (value === "fresh in other case") return fitted.toUpperCase();
  if (value === "fresh of full length") return full("a");
  if (value === "fresh with another end") return full("b");
  return value;
}

const TOKENS: readonly Json[] = ["fresh", "fresh in other case", "fresh of full length", "fresh with another end"];

export const isCaseToken = (value: Json): boolean => TOKENS.includes(value);
