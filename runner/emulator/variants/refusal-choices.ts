/** Freedoms of refusal: which of several codes, under which status, in which order, and whether at all. */
import { findErrorCode } from "../../spec/error-codes.ts";
import type { Variant } from "./variant.ts";

export const refusalChoiceVariants: readonly Variant[] = [
  {
    id: "last-code",
    description: "Gives the last of the codes that are accepted, where the healthy one gives the first.",
    freedoms: ["codes"],
    code: (codes) => codes.at(-1),
  },
  {
    id: "last-status",
    description: "Refuses under the last of the statuses that a code may have.",
    freedoms: ["status"],
    response: (answer, { refusal, action, service }) => {
      if (!refusal) return answer;
      const row = action ? findErrorCode(action, refusal.code) : service?.envelope.codes.get(refusal.code);
      return { ...answer, status: row?.status.at(-1) ?? answer.status };
    },
  },
  {
    id: "open-refused",
    description: "Refuses whatever the documents leave open: undeclared members, disputed values, optional nulls.",
    freedoms: ["may", "conflict", "null"],
    refusesUndocumented: true,
  },
  {
    id: "last-parameter-first",
    description: "Looks at parameters from the last to the first.",
    freedoms: ["order"],
    reverseParameterOrder: true,
  },
];
