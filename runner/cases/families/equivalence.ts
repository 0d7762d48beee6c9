/** equivalence: the same call over another binding has the same outcome, also where the documents leave open which. */
import type { Action } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { ofValues, parameterOf } from "../combine/single-deviations.ts";
import { flattens } from "../flattens.ts";
import { optionals } from "../sent-parameters.ts";
import type { Draft, Family } from "../template.ts";

export const equivalence: Family = {
  id: "equivalence",
  about: "the same call over the main binding and over another, which must have the same outcome",
  absent: () => "the service has one binding",
  *drafts(action) {
    const [main, ...others] = action.service.bindings;
    if (main === undefined) return;
    const calls = others.length > 0 ? [whole(action), ...open(action)] : [];
    for (const binding of others) {
      for (const call of calls) {
        yield {
          ...call,
          title: `MUST answer this call over ${binding} as over ${main}`,
          rule: null,
          binding,
          likewise: main,
        };
      }
    }
  },
};

const whole = (action: Action): Draft => ({
  place: "call",
  slug: "full",
  title: "",
  outcome: "success",
  rule: null,
  extra: optionals(action),
  source: action.source,
});

/** Of each parameter the first value of which the documents do not say, or only guess, what it gets. */
function open(action: Action): Draft[] {
  const found = new Map<string, Draft>();
  for (const family of ofValues) {
    for (const draft of family.drafts(action)) {
      const name = parameterOf(draft);
      if (name === undefined || found.has(name) || !flattens(draft) || collides(action, name, draft)) continue;
      if (draft.disputed || (draft.outcome !== "success" && draft.outcome.level !== "must"))
        found.set(name, draft.outcome === "success" ? { ...draft, outcome: asOpen(draft) } : draft);
    }
  }
  return [...found.values()];
}

/** A value that must be there once only and is too short for the run's id may be there already, and then over one binding alone. */
function collides(action: Action, name: string, { edit }: Draft): boolean {
  const once = action.parameters.some((p) => p.name === name && mustBeUnique(action, p));
  return once && edit?.op === "set" && edit.value.kind === "text" && edit.value.length < MIN_LENGTH_WITH_RUN_ID;
}

const asOpen = ({ source }: Draft): Draft["outcome"] => ({ codes: [], level: "may", source });
