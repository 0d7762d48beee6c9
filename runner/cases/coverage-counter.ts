/** Cases and their verdicts, one by one → how often each documented element of their actions was exercised. */
import type {
  Action,
  Case,
  Coverage,
  DocumentedElement,
  ElementCoverage,
  ElementKind,
  Status,
  Verdict,
} from "../model/index.ts";
import { sampleToMembers } from "./bind/sample-members.ts";
import { documentedElements } from "./documented-elements.ts";

/** The reason where the spec has none. */
export const NOT_SELECTED = "no selected case exercises it";

export interface CoverageCounter {
  /** Cheap, because a run calls it for each of its cases. */
  add(c: Case, verdict?: Pick<Verdict, "status" | "actual">): void;
  /** The coverage of the actions that were added and not yet removed, in their order. Removes them. */
  lines(): Iterable<Coverage>;
  /** The coverage of one action, which has no more cases. Removes it. */
  remove(action: Action): Coverage;
}

interface Tally {
  cases: number;
  exercised: number;
  readonly verdicts: { [status in Status]?: number };
}

interface Tallies {
  readonly byKind: ReadonlyMap<ElementKind, Map<string, Tally>>;
  /** Cases that send the same members share one list object: they are counted together and assigned to parameters at the end. */
  readonly byMembers: Map<readonly string[], Tally>;
}

const kinds: readonly ElementKind[] = ["parameter", "rule", "code", "sample", "output", "binding", "situation"];

/** All fields of a success share one tally, because the check of a response covers all of them. */
const OUTPUT_KEY = "";

/** Memory grows with the elements of the actions that are not yet removed, not with the number of cases. */
export function createCoverageCounter(): CoverageCounter {
  const actions = new Map<Action, Tallies>();
  const talliesOf = (action: Action): Tallies => {
    let tallies = actions.get(action);
    if (!tallies) {
      tallies = { byKind: new Map(kinds.map((kind) => [kind, new Map()])), byMembers: new Map() };
      actions.set(action, tallies);
    }
    return tallies;
  };
  const remove = (action: Action): Coverage => {
    const tallies = talliesOf(action);
    actions.delete(action);
    for (const [members, tally] of tallies.byMembers)
      for (const name of members) merge(tallyOf(tallies, "parameter", name), tally);
    const elements = documentedElements(action).map((e) =>
      toElementCoverage(e, tallies.byKind.get(e.kind)?.get(keyOf(e))),
    );
    return { type: "coverage", action: action.id, elements };
  };
  return {
    add(c, verdict) {
      const tallies = talliesOf(c.action);
      if (c.sample) {
        for (const name of Object.keys(sampleToMembers(c.action, c.sample)))
          count(tallyOf(tallies, "parameter", name), verdict);
      } else {
        let tally = tallies.byMembers.get(c.members);
        if (!tally) {
          tally = emptyTally();
          tallies.byMembers.set(c.members, tally);
        }
        count(tally, verdict);
      }
      count(tallyOf(tallies, "binding", c.binding), verdict);
      if (c.sample) count(tallyOf(tallies, "sample", String(c.sample.number)), verdict);
      if (c.situation) count(tallyOf(tallies, "situation", c.situation.name), verdict);
      if (c.rule !== null) countRule(tallyOf(tallies, "rule", c.rule), c, verdict);
      if (c.expect.outcome === "success") count(tallyOf(tallies, "output", OUTPUT_KEY), verdict);
      if (c.expect.outcome === "refused") for (const code of c.expect.codes) tallyOf(tallies, "code", code).cases++;
      if (verdict && c.action.errors.has(verdict.actual)) countCode(tallyOf(tallies, "code", verdict.actual), verdict);
    },
    *lines() {
      for (const action of [...actions.keys()]) yield remove(action);
    },
    remove,
  };
}

const emptyTally = (): Tally => ({ cases: 0, exercised: 0, verdicts: {} });

function tallyOf(tallies: Tallies, kind: ElementKind, key: string): Tally {
  const ofKind = tallies.byKind.get(kind);
  let tally = ofKind?.get(key);
  if (!tally) {
    tally = emptyTally();
    ofKind?.set(key, tally);
  }
  return tally;
}

function count(tally: Tally, verdict: Pick<Verdict, "status"> | undefined): void {
  tally.cases++;
  if (verdict) tally.verdicts[verdict.status] = (tally.verdicts[verdict.status] ?? 0) + 1;
}

function merge(into: Tally, from: Tally): void {
  into.cases += from.cases;
  for (const [status, n] of Object.entries(from.verdicts) as [Status, number][])
    into.verdicts[status] = (into.verdicts[status] ?? 0) + n;
}

/** Every case of a rule counts as a case; only a passed breach, or a passed case of a situation, counts as exercising it. */
function countRule(tally: Tally, c: Case, verdict: Pick<Verdict, "status"> | undefined): void {
  count(tally, verdict);
  if (verdict?.status === "passed" && (c.expect.outcome !== "success" || c.situation)) tally.exercised++;
}

function countCode(tally: Tally, { status }: Pick<Verdict, "status">): void {
  tally.verdicts[status] = (tally.verdicts[status] ?? 0) + 1;
  if (status === "passed") tally.exercised++;
}

function keyOf({ kind, id, name }: DocumentedElement): string {
  if (kind === "output") return OUTPUT_KEY;
  return kind === "rule" ? id : name;
}

function toElementCoverage(e: DocumentedElement, tally: Tally | undefined): ElementCoverage {
  const { id, kind, causes } = e;
  const cases = tally?.cases ?? 0;
  return {
    id,
    kind,
    cases,
    verdicts: tally?.verdicts ?? {},
    ...(kind === "rule" || kind === "code" ? { exercised: tally?.exercised ?? 0 } : {}),
    ...(causes === undefined ? {} : { causes }),
    ...(cases > 0 ? {} : notCovered(e)),
  };
}

const notCovered = ({ notCoveredReason, notCoveredCause }: DocumentedElement): Partial<ElementCoverage> =>
  notCoveredReason === undefined
    ? { notCoveredReason: NOT_SELECTED, notCoveredCause: "not selected" }
    : { notCoveredReason, ...(notCoveredCause === undefined ? {} : { notCoveredCause }) };
