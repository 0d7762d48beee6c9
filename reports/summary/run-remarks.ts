/** Recording and tally → remarks on the run as a whole: how it ended, stale known failures, leftover resources. */
import type { Recording } from "../../runner/model/index.ts";
import { STATUSES, totalCount } from "../../runner/model/status.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import { plannedCases } from "./headline.ts";
import type { RunTally } from "./tally.ts";

/** `error`: the log is incomplete or contradicts itself. `failure`: the run fails for a reason other than its verdicts. `note`: anything else. */
export interface RunRemark {
  readonly kind: "error" | "failure" | "note";
  readonly about:
    | "broken-off"
    | "counts"
    | "stale"
    | "interrupted"
    | "run problem"
    | "lost"
    | "failing"
    | "died"
    | "leftovers";
  readonly text: string;
}

/** One sentence for each number of the footer that differs from the verdicts. */
function disagreements(recording: Recording, tally: RunTally): string[] {
  const { footer } = recording;
  if (footer === null) return [];
  const sentences: string[] = [];
  for (const status of STATUSES) {
    if (footer.counts[status] !== tally.counts[status]) {
      sentences.push(
        `The footer of the log counts ${footer.counts[status]} ${status}, but the log holds ${tally.counts[status]}.`,
      );
    }
  }
  if (footer.warnings !== tally.warnings) {
    sentences.push(
      `The footer of the log counts ${plural(footer.warnings, "warning")}, but the log holds ${tally.warnings}.`,
    );
  }
  const total = totalCount(tally.counts);
  if (footer.planned !== total)
    sentences.push(
      `The footer of the log counts ${plural(footer.planned, "planned case")}, but the log holds ${plural(total, "verdict")}.`,
    );
  return sentences;
}

/** Why there is no footer. */
function brokenOffText(recording: Recording, verdicts: number): string {
  const { shards } = recording.header;
  const planned = plannedCases(recording);
  if (shards === undefined || planned === undefined) {
    const end =
      planned === undefined ? ", so the number of planned cases is unknown" : `; ${planned} cases were planned`;
    return `The run broke off: its log ends after ${plural(verdicts, "verdict")} without a footer${end}.`;
  }
  const incomplete = shards.flatMap(({ index, run, cases = 0, brokenOffAfter }) => {
    const name = `shard ${index}/${shards.length}`;
    if (run === undefined) return [`${name} is missing`];
    return brokenOffAfter === undefined
      ? []
      : [`${name} broke off after ${brokenOffAfter} of ${plural(cases, "case")}`];
  });
  return `The run is incomplete: ${oneLine(incomplete.join(", "))}; ${verdicts} of ${plural(planned, "planned case")} have a verdict.`;
}

/** Requests that are named of which the target may have died: as many as are sent at the same time. */
const MAX_DIED = 8;

/** All remarks, errors first. The counts are those of the verdicts; a footer with other counts is an error. */
export function runRemarks(recording: Recording, tally: RunTally): readonly RunRemark[] {
  const { header, footer } = recording;
  if (footer === null) {
    return [{ kind: "error", about: "broken-off", text: brokenOffText(recording, totalCount(tally.counts)) }];
  }
  const remarks: RunRemark[] = disagreements(recording, tally).map((text) => ({
    kind: "error",
    about: "counts",
    text,
  }));
  for (const id of footer.staleKnownFailures) {
    const text = `A known failure is stale: ${oneLine(id)}. Remove or renew its entry.`;
    remarks.push({ kind: "failure", about: "stale", text });
  }
  if (tally.crashes > 0 && tally.counts.passed === 0) {
    const text = `No case passed: the target failed by itself, with HTTP 500, at ${plural(tally.crashes, "valid call")}.`;
    remarks.push({ kind: "failure", about: "failing", text });
  }
  const died = footer.died ?? [];
  if (died.length > 0) {
    const calls = died.slice(0, MAX_DIED).map(oneLine).join(", ");
    const of = died.length === 1 ? "the request" : `one of ${died.length} requests that were sent at the same time`;
    const text = `The target died: it closed the connection and accepted no other one. It died of ${of}${died.length === 1 ? "" : " (--lanes 1 shows which)"}: ${calls}.`;
    remarks.push({ kind: "failure", about: "died", text });
  }
  for (const text of footer.lost ?? [])
    remarks.push({ kind: "failure", about: "lost", text: `Lost: ${oneLine(text)}.` });
  if (footer.interrupted) {
    const text = "The run was interrupted; the cases that were not sent are indeterminate.";
    remarks.push({ kind: "note", about: "interrupted", text });
  }
  for (const problem of footer.runProblems)
    remarks.push({ kind: "note", about: "run problem", text: oneLine(problem) });
  if (footer.leftovers > 0) {
    const ledger = header.shards ? "the resources.ndjson of its shard" : "resources.ndjson, the ledger of this run,";
    const text = `${plural(footer.leftovers, "resource")} may be left on the target; ${ledger} lists ${footer.leftovers === 1 ? "it" : "them"}.`;
    remarks.push({ kind: "note", about: "leftovers", text });
  }
  return remarks;
}

/** Notes that a summary shows; report.json has all. */
const MAX_NOTES = 3;

/** All errors and failures, and the first notes: a broken target may cause hundreds of them. */
export function limitNotes(remarks: readonly RunRemark[]): readonly RunRemark[] {
  const notes = remarks.filter(({ kind }) => kind === "note");
  if (notes.length <= MAX_NOTES + 1) return remarks;
  const shownNotes = [
    ...notes.slice(0, MAX_NOTES),
    ...notes.slice(MAX_NOTES).filter(({ about }) => about !== "run problem"),
  ];
  const text = `and ${plural(notes.length - shownNotes.length, "more note")}; see report.html`;
  const omittedNote: RunRemark = { kind: "note", about: "run problem", text };
  return [
    ...remarks.filter(({ kind }) => kind !== "note"),
    ...shownNotes,
    ...(shownNotes.length < notes.length ? [omittedNote] : []),
  ];
}
