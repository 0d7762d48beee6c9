/** idempotency: the same token again, with the same input and with other input. */

import { familyOfSituation, situationTemplate } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const idempotency: Family = {
  id: "idempotency",
  description: "a call whose token was used before, with the same input and with other input",
  absenceReason: () => "no idempotency token is documented",
  *templates(action) {
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "idempotency") yield situationTemplate(action, s);
  },
};
