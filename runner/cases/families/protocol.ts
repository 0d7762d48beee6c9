/** protocol: correctly signed requests that the gateway must refuse. */

import { gatewayTemplates } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const protocol: Family = {
  id: "protocol",
  description:
    "a correctly signed request with a common parameter, a method or a body that the protocol does not allow",
  absenceReason: () => "the envelope documents no refusal of a common parameter or of a request as a whole",
  templates: (action) => gatewayTemplates(action, "protocol"),
};
