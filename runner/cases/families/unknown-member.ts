/** unknown-member: a member that the action does not declare. */
import { ruleId } from "../../spec/rules.ts";
import { pathTo, sendablePlaces } from "../places/edits.ts";
import { additionalFor } from "../sent-parameters.ts";
import type { Family } from "../template.ts";

/** A name that no vendor uses. */
const UNDECLARED_NAME = "AssayUndeclared";

export const unknownMember: Family = {
  id: "unknown-member",
  description: "a member that the action, or an object in its input, does not declare",
  absenceReason: () => "every action has such a case",
  *templates(action) {
    yield {
      place: "call",
      slug: "undeclared",
      title: "MUST refuse an undeclared member",
      outcome: action.undeclaredMember,
      rule: ruleId(action, "call", "unknown"),
      edit: { op: "add", name: UNDECLARED_NAME, value: "x" },
      source: action.undeclaredMember.source,
    };
    for (const at of sendablePlaces(action)) {
      const { name, refusals } = at.place;
      const refusal = refusals.get("unknown");
      if (!refusal) continue;
      const { parameter, steps = [] } = pathTo(at);
      yield {
        place: name,
        slug: "undeclared",
        title: `MUST refuse an undeclared member of ${name}`,
        outcome: refusal,
        rule: ruleId(action, name, "unknown"),
        additionalParameters: additionalFor(action, at.p),
        edit: {
          op: "set",
          at: { parameter, steps: [...steps, UNDECLARED_NAME] },
          value: { kind: "literal", value: "x" },
        },
        source: refusal.source,
      };
    }
  },
};
