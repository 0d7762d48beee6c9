/** signature: valid requests with a wrong signature. */

import { gatewayTemplates } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const signature: Family = {
  id: "signature",
  description: "a valid request with a wrong signature: of another caller, another time or another content",
  absenceReason: () => "the envelope documents no refusal of a signature",
  templates: (action) => gatewayTemplates(action, "signature"),
};
