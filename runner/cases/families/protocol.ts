/** protocol: a request that is well signed and breaks what its protocol says of every request. */

import { gatewayTemplates } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const protocol: Family = {
  id: "protocol",
  description: "a well signed request with a common parameter, a method or a body that the protocol does not allow",
  absenceReason: () => "the envelope names no refusal of a common parameter or of a request as a whole",
  templates: (action) => gatewayTemplates(action, "protocol"),
};
