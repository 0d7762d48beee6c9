/** fuzz: combinations of deviations that depend on the seed. */

import { combinableTemplates } from "../combine/combined-case.ts";
import type { Family } from "../template.ts";

/** Cases of each action, over the main binding. The seed decides what each of them sends. */
const COMBINATIONS_PER_ACTION = 5;

export const fuzz: Family = {
  id: "fuzz",
  description:
    "combinations of several deviations, which depend on the seed; a failing one is reduced to the fewest deviations that still fail",
  absenceReason: () => "the action has no parameter whose value can deviate",
  *templates(action) {
    const [binding] = action.service.bindings;
    if (binding === undefined || combinableTemplates(action, false).length === 0) return;
    for (let fuzzIndex = 1; fuzzIndex <= COMBINATIONS_PER_ACTION; fuzzIndex++) {
      yield {
        place: "mix",
        slug: String(fuzzIndex),
        title: "MUST respond to a combination of deviations as its rules demand",
        outcome: {
          codes: [],
          level: "may",
          rationale: "the seed decides which rules are broken",
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
