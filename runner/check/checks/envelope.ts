/** envelope: what is around the output or the error, by the envelope's schema. */
import { type Check, NO_FINDINGS } from "../check.ts";
import { envelopeFindings } from "../response-schemas.ts";

export const envelope: Check = {
  id: "envelope",
  findings: ({ testCase, outcome }) =>
    outcome.body === undefined
      ? NO_FINDINGS
      : envelopeFindings(testCase.action.service.envelope, outcome.kind, outcome.body),
};
