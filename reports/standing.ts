/** Counts and remarks → how a run stands, in a word or two. */
import type { Counts, Header } from "../runner/model.ts";
import type { Remark } from "./ending.ts";

export type Standing =
  | "broken off"
  | "unsound"
  | "not conformant"
  | "known failures are stale"
  | "undecided"
  | "conformant"
  | "no failure"
  | "nothing judged";

/** The worst that holds. `conformant` only where nothing was left out, lacking or excused; elsewhere there is `no failure`. */
export function standing(header: Header, counts: Counts, remarks: readonly Remark[]): Standing {
  if (remarks.some((remark) => remark.about === "broken-off")) return "broken off";
  if (counts.errored > 0 || remarks.some((remark) => remark.kind === "error")) return "unsound";
  if (counts.failed > 0) return "not conformant";
  if (remarks.some((remark) => remark.kind === "failure")) return "known failures are stale";
  if (counts.indeterminate > 0) return "undecided";
  if (counts.passed + counts.observed + counts.known === 0) return "nothing judged";
  const whole = header.select.length === 0 && header.depth !== "quick" && header.readOnly !== true;
  const all = counts.known + counts.skipped + counts.unimplemented === 0 && counts.passed > 0;
  return whole && all ? "conformant" : "no failure";
}
