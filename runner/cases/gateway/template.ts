/** A gateway breach and one variant of it → the template of a call whose members are valid and whose HTTP request is not. */
import type { Action, ErrorCause, RequestEdit, RequestMutation, SpecConflict } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { gatewayRuleId } from "../../spec/rules.ts";
import type { CaseTemplate } from "../template.ts";

/** For these cases a refusal by the gateway or for the signature is a response to the breach. */
const acceptableCauses: readonly ErrorCause[] = ["auth", "gateway", "request"];

export interface GatewayVariant {
  readonly place: string;
  readonly slug: string;
  /** Completes the title "MUST refuse …" or "MUST accept …". */
  readonly description: string;
  readonly mutation: RequestMutation;
  /** Codes of other breaches for which a server may take this one. */
  readonly alternativeCodes?: readonly string[];
  readonly additionalParameters?: readonly string[];
  /** Set where the call keeps the limit. */
  readonly accepted?: true;
  readonly disputed?: SpecConflict | undefined;
}

export function gatewayTemplate(action: Action, b: GatewayBreach, variant: GatewayVariant): CaseTemplate {
  const { place, slug, description, mutation, alternativeCodes, additionalParameters, accepted, disputed } = variant;
  return {
    place,
    slug,
    title: `MUST ${accepted ? "accept" : "refuse"} ${description}`,
    outcome: accepted ? "success" : b.refusal,
    ...(alternativeCodes && { alternativeCodes }),
    ...(additionalParameters && { additionalParameters }),
    ...(disputed && { disputed }),
    rule: gatewayRuleId(action, b),
    acceptableCauses,
    edit: { op: "request", mutation },
    binding: b.binding,
    source: disputed?.source ?? b.refusal.source,
  };
}

/** The part of a request in which a binding sends the members. */
export const memberLocation = (binding: string): "json" | "query" | "form" =>
  /-get(?:-|$)/.test(binding) ? "query" : binding.startsWith("v1-") ? "form" : "json";

/** Edits that the signature covers: the request is correctly signed. */
export const mutateBeforeSigning = (...edits: RequestEdit[]): RequestMutation => ({ beforeSigning: edits });

/** Edits that the signature does not cover. */
export const mutateAfterSigning = (...edits: RequestEdit[]): RequestMutation => ({ afterSigning: edits });
