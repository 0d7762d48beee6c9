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
const MAX_ANNOTATIONS_PER_KIND = 10;

const REMARK_TITLES: Readonly<Record<RunRemark["about"], string>> = {
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
  const tally = tallyVerdicts(recording);
  const causeAnnotations = (...kinds: CauseKind[]): LazyAnnotation[] =>
    tally.causes
      .filter(({ status }) => kinds.includes(status))
      .map((cause) => () => toAnnotation(recording.header, cause, placeOf));
  const remarks = limitNotes(runRemarks(recording, tally));
  const remarkAnnotations = (isNote: boolean): LazyAnnotation[] =>
    remarks
      .filter(({ kind }) => (kind === "note") === isNote)
      .map(({ text, about }) => () => ({ title: `assay: ${REMARK_TITLES[about]}`, text }));
  // Beside an earlier run only what changed fails this one.
  const failing = footer?.since
    ? changeAnnotations(recording, footer.since)
    : causeAnnotations("failed", ...(strict ? ["warning" as const] : []));
  const errors = [...remarkAnnotations(false), ...causeAnnotations("errored"), ...failing];
  const warnings = [...causeAnnotations("indeterminate"), ...remarkAnnotations(true)];
  // A job that is red for cases that were not judged has to say so somewhere.
  if (footer?.exit === 3 && warnings.length === 0)
    warnings.push(() => ({ title: "assay: not all was judged", text: countsLine(recording, tally) }));
  // Of the changes a run tells a thousand; the others are counted.
  const notInLog = footer?.since ? footer.since.failing - failing.length : 0;
  return [...limitAnnotations("error", errors, notInLog), ...limitAnnotations("warning", warnings)];
}

/** Of thousands only those are made that are shown: each costs a look into a spec. */
type LazyAnnotation = () => Omit<WorkflowAnnotation, "kind">;

function limitAnnotations(
  kind: WorkflowAnnotation["kind"],
  annotations: readonly LazyAnnotation[],
  notInLog = 0,
): readonly WorkflowAnnotation[] {
  const create = (some: readonly LazyAnnotation[]): WorkflowAnnotation[] =>
    some.map((createOne) => ({ kind, ...createOne() }));
  if (annotations.length <= MAX_ANNOTATIONS_PER_KIND) return create(annotations);
  const rest = annotations.length - MAX_ANNOTATIONS_PER_KIND + 1 + notInLog;
  const more: WorkflowAnnotation = {
    kind,
    title: `assay: ${rest} more`,
    text: `and ${plural(rest, `more ${kind}`)}; see the summary of the run`,
  };
  return [...create(annotations.slice(0, MAX_ANNOTATIONS_PER_KIND - 1)), more];
}

function toAnnotation(header: Header, cause: Cause, placeOf: AnnotationOptions["placeOf"]): ReturnType<LazyAnnotation> {
  const [first] = cause.examples;
  if (first === undefined) throw new Error("a cause without a case");
  const { action, rule } = first;
  const inActions = cause.actions > 1 ? plural(cause.actions, "action") : oneLine(action);
  const location = placeOf(action, rule);
  return {
    title: `assay: ${cause.status}, ${plural(cause.cases, "case")} of ${inActions}`,
    text: [...first.sentences, `${oneLine(first.id)} (${first.place})`, `rerun: ${formatRerun(header, first.id)}`].join(
      "\n",
    ),
    ...(location ?? {}),
  };
}

/** Those that fail the run stand first. */
function changeAnnotations(recording: Recording, since: ChangesSince): LazyAnnotation[] {
  return since.changes.slice(0, since.failing).map((change) => () => ({
    title: `assay: ${change.kind} since ${oneLine(since.run)}`,
    text: [formatChange(change), oneLine(change.id), `rerun: ${formatRerun(recording.header, change.id)}`].join("\n"),
  }));
}
