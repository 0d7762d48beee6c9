/** fuzz: mixes of deviations that the seed makes; a failure is shrunk to the least mix that still fails. */

import { combinableTemplates } from "../combine/combined-case.ts";
import type { Family } from "../template.ts";

/** At standard depth, over the main binding. */
const COMBINATIONS_PER_ACTION = 5;

export const fuzz: Family = {
  id: "fuzz",
  description:
    "mixes of several deviations, another one for each seed; a failure is shrunk to the least that still fails",
  absenceReason: () => "it has no parameter that could deviate",
  *templates(action) {
    const [binding] = action.service.bindings;
    if (binding === undefined || combinableTemplates(action, false).length === 0) return;
    for (let fuzzIndex = 1; fuzzIndex <= COMBINATIONS_PER_ACTION; fuzzIndex++) {
      yield {
        place: "mix",
        slug: String(fuzzIndex),
        title: "MUST answer a mix of deviations as its rules decide",
        outcome: {
          codes: [],
          level: "may",
          rationale: "what the rules decide depends on the seed",
          source: action.source,
        },
        rule: null,
        binding,
        fuzzIndex,
        source: action.source,
      };
    }
  },
};
