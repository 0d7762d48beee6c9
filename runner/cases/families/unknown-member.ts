/** unknown-member: a member that the action does not declare. */
import { ruleId } from "../../spec/rules.ts";
import type { Family } from "../template.ts";

/** No vendor would take this name. */
const UNDECLARED_NAME = "AssayUndeclared";

export const unknownMember: Family = {
  id: "unknown-member",
  description: "a member that the action does not declare",
  absenceReason: () => "each action can be sent an undeclared member",
  *templates(action) {
    yield {
      place: "call",
      slug: "undeclared",
      title: "MUST refuse a member that is not declared",
      outcome: action.undeclaredMember,
      rule: ruleId(action, "call", "unknown"),
      edit: { op: "add", name: UNDECLARED_NAME, value: "x" },
      source: action.undeclaredMember.source,
    };
  },
};
