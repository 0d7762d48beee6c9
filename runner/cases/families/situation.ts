/** situation: the documented states that are neither a repetition nor an absence. */

import { situationDraft, situationFamily } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const situation: Family = {
  id: "situation",
  about: "the call in each other documented state, such as a group whose type allows no removal",
  absent: () => "no state is documented besides those of duplicate and missing-member",
  *drafts(action) {
    for (const s of action.situations) if (situationFamily(action, s) === "situation") yield situationDraft(action, s);
  },
};
