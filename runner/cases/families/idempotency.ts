/** idempotency: a call with a token that was used before, with the same members and with others. */

import { familyOfSituation } from "../../spec/situation-family.ts";
import { situationTemplate } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const idempotency: Family = {
  id: "idempotency",
  description: "a call whose token was used before, with the same members and with other members",
  absenceReason: () => "no idempotency token is documented",
  *templates(action) {
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "idempotency") yield situationTemplate(action, s);
  },
};
