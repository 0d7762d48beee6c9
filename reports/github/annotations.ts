/** A recorded run → the marks that GitHub shows beside a job: what fails it, and what came to no verdict. */

import type { ChangesSince, Header, Recording } from "../../runner/model/index.ts";
import type { RuleLocation } from "../../runner/spec/rule-location.ts";
import type { CauseKind } from "../summary/cause.ts";
import { formatChange } from "../summary/changes.ts";
import { countsLine } from "../summary/headline.ts";
import { limitNotes, type RunRemark, runRemarks } from "../summary/run-remarks.ts";
import { type Cause, tallyVerdicts } from "../summary/tally.ts";
import { formatRerun } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import type { WorkflowAnnotation } from "./workflow-commands.ts";

/** Of each kind GitHub shows so many of a step. */
const most = 10;

const titles: Readonly<Record<RunRemark["about"], string>> = {
  "broken-off": "the run broke off",
  counts: "the counts disagree",
  stale: "a known failure is stale",
  interrupted: "interrupted",
  trouble: "trouble of the run",
  left: "left on the target",
};

export interface AnnotationOptions {
  /** Warnings fail the run. */
  readonly strict: boolean;
  readonly placeOf: (action: string, rule: string | null) => RuleLocation | undefined;
}

export function annotations(recording: Recording, { strict, placeOf }: AnnotationOptions): WorkflowAnnotation[] {
  const { footer } = recording;
  const counted = tallyVerdicts(recording);
  const of = (...kinds: CauseKind[]): LazyAnnotation[] =>
    counted.causes
      .filter(({ status }) => kinds.includes(status))
      .map((cause) => () => toAnnotation(recording.header, cause, placeOf));
  const remarks = limitNotes(runRemarks(recording, counted));
  const told = (note: boolean): LazyAnnotation[] =>
    remarks
      .filter(({ kind }) => (kind === "note") === note)
      .map(({ text, about }) => () => ({ title: `assay: ${titles[about]}`, text }));
  // Beside an earlier run only what changed fails this one.
  const failing = footer?.since
    ? changed(recording, footer.since)
    : of("failed", ...(strict ? ["warning" as const] : []));
  const errors = [...told(false), ...of("errored"), ...failing];
  const warnings = [...of("indeterminate"), ...told(true)];
  // A job that is red for cases that were not judged has to say so somewhere.
  if (footer?.exit === 3 && warnings.length === 0)
    warnings.push(() => ({ title: "assay: not all was judged", text: countsLine(recording, counted) }));
  // Of the changes a run tells a thousand; the others are counted.
  const untold = footer?.since ? footer.since.failing - failing.length : 0;
  return [...cut("error", errors, untold), ...cut("warning", warnings)];
}

/** Of thousands only those are made that are shown: each costs a look into a spec. */
type LazyAnnotation = () => Omit<WorkflowAnnotation, "kind">;

function cut(
  kind: WorkflowAnnotation["kind"],
  makings: readonly LazyAnnotation[],
  untold = 0,
): readonly WorkflowAnnotation[] {
  const made = (some: readonly LazyAnnotation[]): WorkflowAnnotation[] => some.map((make) => ({ kind, ...make() }));
  if (makings.length <= most) return made(makings);
  const rest = makings.length - most + 1 + untold;
  const more: WorkflowAnnotation = {
    kind,
    title: `assay: ${rest} more`,
    text: `and ${plural(rest, `more ${kind}`)}; see the summary of the run`,
  };
  return [...made(makings.slice(0, most - 1)), more];
}

function toAnnotation(header: Header, cause: Cause, placeOf: AnnotationOptions["placeOf"]): ReturnType<LazyAnnotation> {
  const [first] = cause.examples;
  if (first === undefined) throw new Error("a cause without a case");
  const { action, rule } = first;
  const where = cause.actions > 1 ? plural(cause.actions, "action") : oneLine(action);
  const at = placeOf(action, rule);
  return {
    title: `assay: ${cause.status}, ${plural(cause.cases, "case")} of ${where}`,
    text: [...first.sentences, `${oneLine(first.id)} (${first.place})`, `rerun: ${formatRerun(header, first.id)}`].join(
      "\n",
    ),
    ...(at ?? {}),
  };
}

/** Those that fail the run stand first. */
function changed(recording: Recording, since: ChangesSince): LazyAnnotation[] {
  return since.changes.slice(0, since.failing).map((change) => () => ({
    title: `assay: ${change.kind} since ${oneLine(since.run)}`,
    text: [formatChange(change), oneLine(change.id), `rerun: ${formatRerun(recording.header, change.id)}`].join("\n"),
  }));
}
