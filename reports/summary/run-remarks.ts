/** Recording and its tally → remarks on the run as a whole: how it ended and what it left behind. */
import type { Recording } from "../../runner/model/index.ts";
import { STATUSES, totalCount } from "../../runner/model/status.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import type { RunTally } from "./tally.ts";

/** `error` where the run itself is not sound, `failure` where it fails for more than its verdicts, `note` for the rest. */
export interface RunRemark {
  readonly kind: "error" | "failure" | "note";
  readonly about: "broken-off" | "counts" | "stale" | "interrupted" | "trouble" | "left";
  readonly text: string;
}

/** Where the footer and the verdicts disagree, one sentence each. */
function disagreements(recording: Recording, tally: RunTally): string[] {
  const { footer } = recording;
  if (footer === null) return [];
  const sentences: string[] = [];
  for (const status of STATUSES) {
    if (footer.counts[status] !== tally.counts[status]) {
      sentences.push(`The footer counts ${footer.counts[status]} ${status}, the verdicts are ${tally.counts[status]}.`);
    }
  }
  if (footer.warnings !== tally.warnings) {
    sentences.push(`The footer counts ${plural(footer.warnings, "warning")}, the verdicts hold ${tally.warnings}.`);
  }
  const total = totalCount(tally.counts);
  if (footer.planned !== total)
    sentences.push(`${footer.planned} were planned, but ${plural(total, "verdict")} recorded.`);
  return sentences;
}

/** All remarks, errors first. Counts are those of the verdicts; a footer that says otherwise is an error. */
export function runRemarks(recording: Recording, tally: RunTally): readonly RunRemark[] {
  const { footer } = recording;
  if (footer === null) {
    const total = plural(totalCount(tally.counts), "verdict");
    const text = `The run broke off: its log ends after ${total} without a footer, so how many cases were planned is unknown.`;
    return [{ kind: "error", about: "broken-off", text }];
  }
  const remarks: RunRemark[] = disagreements(recording, tally).map((text) => ({
    kind: "error",
    about: "counts",
    text,
  }));
  for (const id of footer.staleKnownFailures) {
    const text = `A known failure is stale: ${oneLine(id)}. Strike or renew its entry.`;
    remarks.push({ kind: "failure", about: "stale", text });
  }
  if (footer.interrupted) {
    const text = "The run was interrupted; the cases that were not sent are indeterminate.";
    remarks.push({ kind: "note", about: "interrupted", text });
  }
  for (const problem of footer.runProblems) remarks.push({ kind: "note", about: "trouble", text: oneLine(problem) });
  if (footer.leftovers > 0) {
    const text = `${plural(footer.leftovers, "resource")} may be left on the target; the ledger of this run, resources.ndjson, names what.`;
    remarks.push({ kind: "note", about: "left", text });
  }
  return remarks;
}

/** Notes that a page or a screen shows; report.json has all. */
const MAX_NOTES = 3;

/** Errors and failures, and of the notes the first ones: a broken target may leave hundreds. */
export function limitNotes(remarks: readonly RunRemark[]): readonly RunRemark[] {
  const notes = remarks.filter(({ kind }) => kind === "note");
  if (notes.length <= MAX_NOTES + 1) return remarks;
  const shownNotes = [
    ...notes.slice(0, MAX_NOTES),
    ...notes.slice(MAX_NOTES).filter(({ about }) => about !== "trouble"),
  ];
  const text = `and ${plural(notes.length - shownNotes.length, "more note")}; see report.html`;
  const omittedNote: RunRemark = { kind: "note", about: "trouble", text };
  return [
    ...remarks.filter(({ kind }) => kind !== "note"),
    ...shownNotes,
    ...(shownNotes.length < notes.length ? [omittedNote] : []),
  ];
}
