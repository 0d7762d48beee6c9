/** Recording → the annotations that GitHub shows for a job: what fails the run, and cases without a verdict. */

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

/** GitHub shows this many annotations of each kind for a step. */
const MAX_ANNOTATIONS_PER_KIND = 10;

const REMARK_TITLES: Readonly<Record<RunRemark["about"], string>> = {
  "broken-off": "the run broke off",
  counts: "the counts disagree",
  stale: "a known failure is stale",
  interrupted: "interrupted",
  "run problem": "problem of the run",
  failing: "the target fails by itself",
  died: "the target died",
  lost: "the target lost a resource",
  leftovers: "resources may be left on the target",
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
  // Compared with an earlier run, only changes fail this one.
  const failing = footer?.since
    ? changeAnnotations(recording, footer.since)
    : causeAnnotations("failed", ...(strict ? ["warning" as const] : []));
  const errors = [...remarkAnnotations(false), ...causeAnnotations("errored"), ...failing];
  const warnings = [...causeAnnotations("indeterminate"), ...remarkAnnotations(true)];
  // A job that fails for cases that were not judged needs an annotation with the reason.
  if (footer?.exit === 3 && warnings.length === 0)
    warnings.push(() => ({ title: "assay: partly judged", text: countsLine(recording, tally) }));
  // The log holds the first thousand changes; the others are only counted.
  const notInLog = footer?.since ? footer.since.failing - failing.length : 0;
  return [...limitAnnotations("error", errors, notInLog), ...limitAnnotations("warning", warnings)];
}

/** Created only if it is shown, because each one reads a spec file. */
type LazyAnnotation = () => Omit<WorkflowAnnotation, "kind">;

function limitAnnotations(
  kind: WorkflowAnnotation["kind"],
  annotations: readonly LazyAnnotation[],
  notInLog = 0,
): readonly WorkflowAnnotation[] {
  const create = (selected: readonly LazyAnnotation[]): WorkflowAnnotation[] =>
    selected.map((createOne) => ({ kind, ...createOne() }));
  if (annotations.length <= MAX_ANNOTATIONS_PER_KIND) return create(annotations);
  const omittedCount = annotations.length - MAX_ANNOTATIONS_PER_KIND + 1 + notInLog;
  const omittedAnnotation: WorkflowAnnotation = {
    kind,
    title: `assay: ${omittedCount} more`,
    text: `and ${plural(omittedCount, `more ${kind}`)}; see the summary of the run`,
  };
  return [...create(annotations.slice(0, MAX_ANNOTATIONS_PER_KIND - 1)), omittedAnnotation];
}

function toAnnotation(header: Header, cause: Cause, placeOf: AnnotationOptions["placeOf"]): ReturnType<LazyAnnotation> {
  const [first] = cause.examples;
  if (first === undefined) throw new Error("internal error: a cause has no example");
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

/** The changes that fail the run, which come first in the list. */
function changeAnnotations(recording: Recording, since: ChangesSince): LazyAnnotation[] {
  return since.changes.slice(0, since.failing).map((change) => () => ({
    title: `assay: ${change.kind} since ${oneLine(since.run)}`,
    text: [formatChange(change), oneLine(change.id), `rerun: ${formatRerun(recording.header, change.id)}`].join("\n"),
  }));
}
