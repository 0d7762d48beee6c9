/** envelope: the body matches the JSON schema of the envelope. */
import { type Check, NO_FINDINGS } from "../check.ts";
import { envelopeFindings } from "../response-schemas.ts";

export const envelope: Check = {
  id: "envelope",
  findings: ({ testCase, outcome }) =>
    outcome.body === undefined
      ? NO_FINDINGS
      : envelopeFindings(testCase.action.service.envelope, outcome.kind, outcome.body),
};
