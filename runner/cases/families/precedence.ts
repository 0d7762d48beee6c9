/** precedence: two breaches in one call; a document says which is told, or either may be. */
import type { Action, Edit, Precedence, Refusal, Situation } from "../../model.ts";
import { breaching, firstBreaches, parameterOf } from "../deviations.ts";
import type { Draft, Family } from "../draft.ts";
import { flattens } from "../flattens.ts";
import { situationDraft } from "../situations.ts";

export const precedence: Family = {
  id: "precedence",
  about: "two breaches in one call, which is refused for the one that a document puts first, or for either",
  absent: () => "no two of its rules can be broken at once",
  *drafts(action) {
    for (const p of action.precedence) yield* documented(action, p);
    const singles = firstBreaches(action);
    for (const [i, one] of singles.entries()) {
      const other = singles[i + 1];
      if (other) yield both(one, other);
    }
    const state = action.situations.find(plain);
    const value = state && singles.find((d) => !state.where.has(parameterOf(d) ?? ""));
    if (state && value) yield { ...both(value, situationDraft(action, state)), situation: state };
  },
};

/** Refused for the state alone, with no call before. */
const plain = (s: Situation): boolean =>
  s.refused !== null && s.refused.level !== "may" && s.before.length === 0 && Object.keys(s.with).length === 0;

const fits = ["request", "state"] as const;

/** That it is refused stands on both rules; which of them is told, on none. */
function both(one: Draft, other: Draft): Draft {
  const codes = [...new Set([...codesOf(one), ...codesOf(other)])];
  const why = "no document says which of two breaches is told";
  return {
    place: `${one.place}.and.${other.place}`,
    slug: `${one.slug}.and.${other.slug}`,
    title: `MUST refuse a call that breaks two rules, for either of them`,
    outcome: { codes, level: "should", why, source: one.source },
    rule: null,
    fits,
    extra: [...new Set([...(one.extra ?? []), ...(other.extra ?? [])])],
    edit: { op: "all", edits: [one, other].flatMap(editsOf) },
    ...inPairs([one, other]),
    source: one.source,
  };
}

const codesOf = ({ outcome, also = [] }: Draft): readonly string[] =>
  outcome === "success" ? [] : [...outcome.codes, ...also];

/** What text pairs cannot say in one part they cannot say in the whole. */
const inPairs = (drafts: readonly Draft[]): { flat?: false } => (drafts.every(flattens) ? {} : { flat: false });

const editsOf = ({ edit }: Draft): Edit[] => (edit ? [edit] : []);

function* documented(action: Action, { breaches, refusal, source }: Precedence): Iterable<Draft> {
  const broken = [...breaches].map(([name, breach]) => breaching(action, name, breach));
  const [first] = broken;
  if (!first || broken.some((d) => d === undefined)) return;
  const drafts = broken.filter((d) => d !== undefined);
  const names = [...breaches.keys()].join(".and.");
  const slug = [...new Set(breaches.values())].join(".and.");
  const beside = drafts.find((d) => d.beside)?.beside;
  yield {
    place: names,
    slug,
    title: "MUST refuse a call that breaks two rules, for the one that the document puts first",
    outcome: refusal satisfies Refusal,
    rule: null,
    fits,
    extra: [...new Set(drafts.flatMap((d) => d.extra ?? []))],
    ...(beside ? { beside } : {}),
    edit: { op: "all", edits: drafts.flatMap(editsOf) },
    ...inPairs(drafts),
    source,
  };
}
