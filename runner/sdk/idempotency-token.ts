/** Whether a parameter is a token by which a server recognizes a repeated call. */
import type { Action } from "../model/index.ts";

/** Names that the vendors give such a token. */
const TOKEN_NAMES: ReadonlySet<string> = new Set(["ClientRequestToken", "ClientToken"]);

export const isIdempotencyToken = (action: Action, name: string): boolean =>
  TOKEN_NAMES.has(name) && action.parameters.some((p) => p.name === name);
