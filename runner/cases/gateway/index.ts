/** Action → the drafts about what stands in front of it, by family. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../spec/gateway-rules.ts";
import type { Draft } from "../template.ts";
import { parameterDrafts } from "./common-parameters.ts";
import { callerDrafts } from "./credentials.ts";
import { alteredDrafts } from "./invalid-signature.ts";
import { requestDrafts } from "./malformed-request.ts";
import { repeatedDrafts } from "./repeated-member.ts";
import { windowDrafts } from "./time-window.ts";

const drafts = {
  protocol: (action: Action, b: GatewayBreach) => (b.common ? parameterDrafts(action, b) : requestDrafts(action, b)),
  signature: (action: Action, b: GatewayBreach) =>
    b.breach === "x-window" ? windowDrafts(action, b) : b.common ? callerDrafts(action, b) : alteredDrafts(action, b),
};

export function* frontDrafts(action: Action, family: "protocol" | "signature"): Iterable<Draft> {
  for (const b of gatewayBreaches(action)) if (b.family === family) yield* drafts[family](action, b);
}

/** A family of its own: these are no breach of the protocol where JSON is silent. */
export function* twiceDrafts(action: Action): Iterable<Draft> {
  for (const b of gatewayBreaches(action)) if (b.breach === "repeated-key") yield* repeatedDrafts(action, b);
}
