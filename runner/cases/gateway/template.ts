/** A breach of what stands in front of an action → a draft of a call that is right in its members and wrong on the wire. */
import type { Action, ErrorCause, RequestEdit, RequestMutation, SpecConflict } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { gatewayRuleId } from "../../spec/rules.ts";
import type { CaseTemplate } from "../template.ts";

/** A refusal of the signature is an answer here, and so is one of the front door. */
const acceptableCauses: readonly ErrorCause[] = ["auth", "front-door", "request"];

export interface GatewayVariant {
  readonly place: string;
  readonly slug: string;
  /** Finishes "MUST refuse …", or "MUST accept …". */
  readonly description: string;
  readonly mutation: RequestMutation;
  /** Codes of another breach that it may be taken for. */
  readonly alternativeCodes?: readonly string[];
  readonly additionalParameters?: readonly string[];
  /** Within the limit, not beyond it. */
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
    ...(alternativeCodes && { alternativeCodes: alternativeCodes }),
    ...(additionalParameters && { additionalParameters: additionalParameters }),
    ...(disputed && { disputed }),
    rule: gatewayRuleId(action, b),
    acceptableCauses: acceptableCauses,
    edit: { op: "request", mutation: mutation },
    binding: b.binding,
    source: disputed?.source ?? b.refusal.source,
  };
}

/** Where a binding carries the members. */
export const memberLocation = (binding: string): "json" | "query" | "form" =>
  /-get(?:-|$)/.test(binding) ? "query" : binding.startsWith("v1-") ? "form" : "json";

/** Changes that the signature covers, so that nothing but themselves is wrong. */
export const mutateBeforeSigning = (...edits: RequestEdit[]): RequestMutation => ({ beforeSigning: edits });

/** Changes that the signature does not know of. */
export const mutateAfterSigning = (...edits: RequestEdit[]): RequestMutation => ({ afterSigning: edits });
