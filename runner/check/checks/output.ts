/** output: what an accepted action gives, by its schema. */
import { type Check, nothing } from "../check.ts";
import { outputFindings } from "../response-schemas.ts";

export const output: Check = {
  id: "output",
  findings({ c: { action }, outcome }) {
    if (outcome.kind !== "success") return nothing;
    if (outcome.body !== undefined)
      return outcome.output === undefined ? nothing : outputFindings(action, outcome.output);
    const expected = [...(action.output.required ?? [])];
    return expected.length === 0
      ? nothing
      : [{ check: "output", level: "must", at: "body", expected, actual: "empty body" }];
  },
};
