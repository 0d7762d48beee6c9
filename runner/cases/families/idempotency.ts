/** idempotency: the same token again, with the same input and with other input. */

import { situationDraft, situationFamily } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const idempotency: Family = {
  id: "idempotency",
  about: "a call whose token was used before, with the same input and with other input",
  absent: () => "no idempotency token is documented",
  *drafts(action) {
    for (const s of action.situations)
      if (situationFamily(action, s) === "idempotency") yield situationDraft(action, s);
  },
};
