/** A recording, its counts and remarks → how the run stands, in a word or two. */
import type { Counts, Recording } from "../../runner/model/index.ts";
import type { RunRemark } from "./run-remarks.ts";

export type RunState =
  | "broken off"
  | "unsound"
  | "not conformant"
  | "known failures are stale"
  | "changed"
  | "warnings"
  | "interrupted"
  | "undecided"
  | "known failures only"
  | "not all was judged"
  | "nothing judged"
  | "conformant"
  | "no failure";

/** What a page says of it. */
export const RUN_STATE_TEXT: Readonly<Record<RunState, string>> = {
  "broken off": "The run did not come to its end: what it would have found is not known.",
  unsound: "assay itself failed, or its log disagrees with itself: this run proves nothing.",
  "not conformant": "The target contradicts its documents.",
  "known failures are stale": "The list of known failures no longer says what is.",
  changed: "The target is not as it was in the earlier run.",
  warnings:
    "Nothing contradicts a document; where a document is less plain, something is otherwise, which fails this run.",
  interrupted: "The run was interrupted: only a part was judged.",
  undecided: "Some cases came to no verdict; nothing else is wrong but for what is known.",
  "known failures only":
    "The target contradicts its documents where the list of known failures says so, and nowhere else.",
  "not all was judged": "Nothing contradicts a document, and something was lacking or is left behind.",
  "nothing judged": "Not one case was judged, so nothing is known of the target.",
  conformant: "Every planned case was judged, and nothing contradicts a document.",
  "no failure": "Nothing that was judged contradicts a document; something was left out or lacking.",
};

/** The worst that holds. `conformant` only where nothing was left out, lacking or excused, and the run ended with 0. */
export function runState({ header, footer }: Recording, counts: Counts, remarks: readonly RunRemark[]): RunState {
  if (footer === null) return "broken off";
  if (counts.errored > 0 || remarks.some((remark) => remark.kind === "error")) return "unsound";
  if (counts.failed > 0) return "not conformant";
  if (remarks.some((remark) => remark.kind === "failure")) return "known failures are stale";
  if (footer.exit === 1) return footer.since !== undefined && footer.since.failing > 0 ? "changed" : "warnings";
  if (footer.interrupted) return "interrupted";
  if (counts.passed + counts.observed + counts.known === 0) return "nothing judged";
  if (counts.indeterminate > 0) return "undecided";
  if (counts.known > 0) return "known failures only";
  if (footer.exit !== 0) return "not all was judged";
  const complete = header.select.length === 0 && header.depth !== "quick" && header.readOnly !== true;
  const allJudged = counts.skipped + counts.unimplemented === 0 && counts.passed > 0;
  return complete && allJudged ? "conformant" : "no failure";
}
