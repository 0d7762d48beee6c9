/** output: the output of an accepted call matches the JSON schema of the action. */
import { type Check, NO_FINDINGS } from "../check.ts";
import { outputFindings } from "../response-schemas.ts";

export const output: Check = {
  id: "output",
  findings({ testCase: { action }, outcome }) {
    if (outcome.kind !== "success") return NO_FINDINGS;
    if (outcome.body !== undefined)
      return outcome.output === undefined ? NO_FINDINGS : outputFindings(action, outcome.output);
    const expected = [...(action.output.required ?? [])];
    return expected.length === 0
      ? NO_FINDINGS
      : [{ check: "output", level: "must", location: "body", expected, actual: "empty body" }];
  },
};
