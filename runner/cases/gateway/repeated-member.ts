/** The breach `repeated-key` → each member of the call once more, with the same value. */
import type { Action } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { minimal, optionals } from "../sent-parameters.ts";
import type { Draft } from "../template.ts";
import { before, carrier, doorDraft } from "./template.ts";

export function* repeatedDrafts(action: Action, b: GatewayBreach): Iterable<Draft> {
  const always = minimal(action);
  // Where nothing is required, the first member that may be sent is.
  const extra = always.length > 0 ? [] : optionals(action).slice(0, 1);
  for (const name of [...always, ...extra]) {
    const change = before({ op: "repeat", in: carrier(b.binding), name });
    yield doorDraft(action, b, { place: name, slug: "twice", what: `${name} twice`, change, extra });
  }
}
