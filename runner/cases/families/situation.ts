/** situation: the documented states in which no call is repeated and no named resource is missing. */

import { familyOfSituation } from "../../spec/situation-family.ts";
import { situationTemplate } from "../situation-template.ts";
import type { Family } from "../template.ts";

export const situation: Family = {
  id: "situation",
  description: "the call in each other documented state, such as a group whose type allows no removal",
  absenceReason: () => "no state is documented except those of duplicate and missing-member",
  *templates(action) {
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "situation") yield situationTemplate(action, s);
  },
};
