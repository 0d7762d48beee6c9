/** signature: a request that is right in itself and signed wrongly. */

import { gatewayTemplates } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const signature: Family = {
  id: "signature",
  description:
    "a request that is right in itself and signed wrongly: by another, too early or late, for something else",
  absenceReason: () => "the envelope names no refusal of a signature",
  templates: (action) => gatewayTemplates(action, "signature"),
};
