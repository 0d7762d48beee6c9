/** envelope: what is around the output or the error, by the envelope's schema. */
import { type Check, nothing } from "../check.ts";
import { envelopeFindings } from "../response-schemas.ts";

export const envelope: Check = {
  id: "envelope",
  findings: ({ c, outcome }) =>
    outcome.body === undefined ? nothing : envelopeFindings(c.action.service.envelope, outcome.kind, outcome.body),
};
