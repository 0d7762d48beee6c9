/** situation: the documented states that are neither a repetition nor an absence. */

import { familyOfSituation, situationTemplate } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const situation: Family = {
  id: "situation",
  description: "the call in each other documented state, such as a group whose type allows no removal",
  absenceReason: () => "no state is documented besides those of duplicate and missing-member",
  *templates(action) {
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "situation") yield situationTemplate(action, s);
  },
};
