/** unknown-member: a member that the action does not declare. */
import { ruleId } from "../../spec/rules.ts";
import type { Family } from "../template.ts";

/** A name that no vendor uses. */
const UNDECLARED_NAME = "AssayUndeclared";

export const unknownMember: Family = {
  id: "unknown-member",
  description: "a member that the action does not declare",
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
  },
};
