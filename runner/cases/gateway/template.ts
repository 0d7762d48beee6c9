/** A breach of what stands in front of an action → a draft of a call that is right in its members and wrong on the wire. */
import type { Action, ErrorCause, RequestEdit, RequestMutation, SpecConflict } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { gatewayRuleId } from "../../spec/rules.ts";
import type { CaseTemplate } from "../template.ts";

/** A refusal of the signature is an answer here, and so is one of the front door. */
const fits: readonly ErrorCause[] = ["auth", "front-door", "request"];

export interface GatewayVariant {
  readonly place: string;
  readonly slug: string;
  /** Finishes "MUST refuse …", or "MUST accept …". */
  readonly description: string;
  readonly change: RequestMutation;
  /** Codes of another breach that it may be taken for. */
  readonly also?: readonly string[];
  readonly extra?: readonly string[];
  /** Within the limit, not beyond it. */
  readonly accepted?: true;
  readonly disputed?: SpecConflict | undefined;
}

export function gatewayTemplate(action: Action, b: GatewayBreach, way: GatewayVariant): CaseTemplate {
  const { place, slug, description, change, also, extra, accepted, disputed } = way;
  return {
    place,
    slug,
    title: `MUST ${accepted ? "accept" : "refuse"} ${description}`,
    outcome: accepted ? "success" : b.refusal,
    ...(also && { alternativeCodes: also }),
    ...(extra && { additionalParameters: extra }),
    ...(disputed && { disputed }),
    rule: gatewayRuleId(action, b),
    acceptableCauses: fits,
    edit: { op: "request", mutation: change },
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
