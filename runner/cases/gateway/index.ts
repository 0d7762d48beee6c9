/** Action → the case templates of its gateway breaches, by family. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { commonParameterTemplates } from "./common-parameters.ts";
import { credentialTemplates } from "./credentials.ts";
import { invalidSignatureTemplates } from "./invalid-signature.ts";
import { malformedRequestTemplates } from "./malformed-request.ts";
import { repeatedMemberTemplates } from "./repeated-member.ts";
import { timeWindowTemplates } from "./time-window.ts";

const templatesByFamily = {
  protocol: (action: Action, b: GatewayBreach) =>
    b.common ? commonParameterTemplates(action, b) : malformedRequestTemplates(action, b),
  signature: (action: Action, b: GatewayBreach) =>
    b.breach === "x-window"
      ? timeWindowTemplates(action, b)
      : b.common
        ? credentialTemplates(action, b)
        : invalidSignatureTemplates(action, b),
};

export function* gatewayTemplates(action: Action, family: "protocol" | "signature"): Iterable<CaseTemplate> {
  for (const b of gatewayBreaches(action)) if (b.family === family) yield* templatesByFamily[family](action, b);
}

/** A family of its own, because JSON does not forbid repeated members. */
export function* repeatedKeyTemplates(action: Action): Iterable<CaseTemplate> {
  for (const b of gatewayBreaches(action)) if (b.breach === "repeated-key") yield* repeatedMemberTemplates(action, b);
}
