/** The token by which a server recognizes a repeated call: the parameter of an action, and what requests have in it. */
import { checkBody } from "../emulator/pipeline/body.ts";
import type { Action, Json, Parameter } from "../model/index.ts";
import type { ReceivedCall } from "./server/received-call.ts";

/** Names that the vendors give such a token. */
const TOKEN_NAMES: ReadonlySet<string> = new Set(["ClientRequestToken", "ClientToken"]);

export const tokenParameter = ({ parameters }: Action): Parameter | undefined =>
  parameters.find(({ name }) => TOKEN_NAMES.has(name));

/** The token of each request, undefined where it has none. */
export const sentTokens = (action: Action, received: readonly ReceivedCall[]): readonly (Json | undefined)[] =>
  received.map(({ context }) => {
    // Decoded by the types of the planned action, also where the request names another one.
    const decoded = { ...context, action };
    checkBody(decoded);
    return decoded.members[tokenParameter(action)?.name ?? ""];
  });
