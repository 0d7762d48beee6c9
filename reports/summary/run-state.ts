/** Recording, counts and remarks → the state of the run, in a word or two. */
import type { Counts, Recording } from "../../runner/model/index.ts";
import type { RunRemark } from "./run-remarks.ts";

export type RunState =
  | "broken off"
  | "unsound"
  | "failing"
  | "not conformant"
  | "stale known failures"
  | "changed"
  | "warnings"
  | "interrupted"
  | "undecided"
  | "known failures only"
  | "partly judged"
  | "nothing judged"
  | "conformant"
  | "no failure";

/** One sentence for each state. */
export const RUN_STATE_TEXT: Readonly<Record<RunState, string>> = {
  "broken off": "The run did not finish; its result is incomplete.",
  unsound: "assay itself failed, or its log contradicts itself; the result of this run is not reliable.",
  failing: "The target fails by itself, with HTTP 500; no case passed.",
  "not conformant": "The target contradicts its documents.",
  "stale known failures": "The list of known failures no longer matches the target.",
  changed: "Results differ from those of the earlier run, and this fails the run.",
  warnings: "Nothing contradicts a requirement of the documents, but there are warnings, and warnings fail this run.",
  interrupted: "The run was interrupted; only some of its cases were judged.",
  undecided: "Some cases have no verdict; apart from known failures, no other case failed.",
  "known failures only": "The target contradicts its documents only where the list of known failures accepts it.",
  "partly judged":
    "Nothing contradicts a document, but some cases were not judged or resources may be left on the target.",
  "nothing judged": "No case was judged, so nothing is known about the target.",
  conformant: "Every planned case was judged, and nothing contradicts a document.",
  "no failure": "No judged case contradicts a document; some cases were not selected or not judged.",
};

/** The worst state that applies. `conformant`: all cases were selected and judged, none failed or is a known failure, and the exit code is 0. */
export function runState({ header, footer }: Recording, counts: Counts, remarks: readonly RunRemark[]): RunState {
  if (footer === null) return "broken off";
  if (counts.errored > 0 || remarks.some((remark) => remark.kind === "error")) return "unsound";
  if (remarks.some(({ about }) => about === "failing")) return "failing";
  if (counts.failed > 0 || remarks.some(({ about }) => about === "lost" || about === "died")) return "not conformant";
  if (remarks.some((remark) => remark.kind === "failure")) return "stale known failures";
  if (footer.exit === 1) return footer.since !== undefined && footer.since.failing > 0 ? "changed" : "warnings";
  if (footer.interrupted) return "interrupted";
  if (counts.passed + counts.observed + counts.known === 0) return "nothing judged";
  if (counts.indeterminate > 0) return "undecided";
  if (counts.known > 0) return "known failures only";
  if (footer.exit !== 0) return "partly judged";
  const complete =
    header.shard === undefined && header.select.length === 0 && header.depth !== "quick" && header.readOnly !== true;
  const allJudged = counts.skipped + counts.unimplemented === 0 && counts.passed > 0;
  return complete && allJudged ? "conformant" : "no failure";
}
