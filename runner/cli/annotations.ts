/** A recorded run → the marks that GitHub shows beside a job: what fails it, and what came to no verdict. */
import { ending, fewer, type Remark } from "../../reports/ending.ts";
import { rerun } from "../../reports/sentence.ts";
import type { Kind } from "../../reports/signature.ts";
import { turn } from "../../reports/since.ts";
import { countsLine } from "../../reports/summary.ts";
import { type Cause, tally } from "../../reports/tally.ts";
import { oneLine, plural } from "../../reports/text.ts";
import type { Recording, Since } from "../model.ts";
import type { SpecPlace } from "./spec-place.ts";
import type { Mark } from "./workflow.ts";

/** Of each kind GitHub shows so many of a step. */
const most = 10;

const titles: Readonly<Record<Remark["about"], string>> = {
  "broken-off": "the run broke off",
  counts: "the counts disagree",
  stale: "a known failure is stale",
  interrupted: "interrupted",
  trouble: "trouble of the run",
  left: "left on the target",
};

export interface Annotating {
  /** Warnings fail the run. */
  readonly strict: boolean;
  readonly placeOf: (action: string, rule: string | null) => SpecPlace | undefined;
}

export function annotations(recording: Recording, { strict, placeOf }: Annotating): Mark[] {
  const { footer } = recording;
  const counted = tally(recording);
  const of = (...kinds: Kind[]): Mark[] =>
    counted.causes.filter(({ status }) => kinds.includes(status)).map((cause) => markOf(recording, cause, placeOf));
  const remarks = fewer(ending(recording, counted));
  const told = (note: boolean): Mark[] =>
    remarks
      .filter(({ kind }) => (kind === "note") === note)
      .map(({ text, about }) => ({ kind: note ? "warning" : "error", title: `assay: ${titles[about]}`, text }));
  // Beside an earlier run only what changed fails this one.
  const failing = footer?.since
    ? changed(recording, footer.since)
    : of("failed", ...(strict ? ["warning" as const] : []));
  const errors = [...told(false), ...of("errored"), ...failing].map((mark): Mark => ({ ...mark, kind: "error" }));
  const warnings = [...of("indeterminate"), ...told(true)].map((mark): Mark => ({ ...mark, kind: "warning" }));
  // A job that is red for cases that were not judged has to say so somewhere.
  if (footer?.exit === 3 && warnings.length === 0)
    warnings.push({ kind: "warning", title: "assay: not all was judged", text: countsLine(recording, counted) });
  // Of the changes a run tells a thousand; the others are counted.
  const untold = footer?.since ? footer.since.moved - failing.length : 0;
  return [...cut("error", errors, untold), ...cut("warning", warnings)];
}

function cut(kind: Mark["kind"], marks: readonly Mark[], untold = 0): readonly Mark[] {
  if (marks.length <= most) return marks;
  const rest = marks.length - most + 1 + untold;
  const more: Mark = {
    kind,
    title: `assay: ${rest} more`,
    text: `and ${plural(rest, `more ${kind}`)}; see the summary of the run`,
  };
  return [...marks.slice(0, most - 1), more];
}

function markOf(recording: Recording, cause: Cause, placeOf: Annotating["placeOf"]): Mark {
  const [first] = cause.examples;
  if (first === undefined) throw new Error("a cause without a case");
  const { action } = first;
  const where = cause.actions > 1 ? plural(cause.actions, "action") : oneLine(action);
  const at = placeOf(action, ruleOf(recording, action, first.id));
  return {
    kind: "error",
    title: `assay: ${cause.status}, ${plural(cause.cases, "case")} of ${where}`,
    text: [...first.says, `${oneLine(first.id)} (${first.place})`, `rerun: ${rerun(recording.header, first.id)}`].join(
      "\n",
    ),
    ...(at ?? {}),
  };
}

function ruleOf(recording: Recording, action: string, id: string): string | null {
  for (const verdict of recording.verdicts(action)) if (verdict.id === id) return verdict.rule;
  return null;
}

/** Those that fail the run stand first. */
function changed(recording: Recording, since: Since): Mark[] {
  return since.changes.slice(0, since.moved).map((change) => ({
    kind: "error",
    title: `assay: ${change.kind} since ${oneLine(since.run)}`,
    text: [turn(change), oneLine(change.id), `rerun: ${rerun(recording.header, change.id)}`].join("\n"),
  }));
}
