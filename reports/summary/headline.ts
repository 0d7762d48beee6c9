/** Recording and tally → the two lines that sum a run up: what was run, and its counts. */
import type { Recording } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import type { RunTally } from "./tally.ts";

/** `assay 0.1.0 · target emulator · depth standard · seed 7 · run r1 · 2026-…`. */
export function runIdentity({ header }: Recording): string {
  const facts = [
    `assay ${header.assay}`,
    `target ${header.target}`,
    `depth ${header.depth}`,
    `seed ${header.seed}`,
    `run ${header.run}`,
    header.started,
  ];
  return oneLine(facts.join(" · "));
}

/** What all of it took; nothing where the log does not say. */
export function requestsLine(footer: Recording["footer"]): string[] {
  if (!footer?.requests || footer.planned === 0) return [];
  const perCase = (footer.requests / footer.planned).toFixed(2);
  return [`${footer.requests} requests, set-up, controls, probes and clean-up included: ${perCase} a case`];
}

/** All eight counts with the planned number and the warnings; nothing is left out for being zero. */
export function countsLine(recording: Recording, tally: RunTally): string {
  const counts = STATUSES.map((status) => `${tally.counts[status]} ${status}`).join(", ");
  return `${recording.footer?.planned ?? "an unknown number"} planned: ${counts}; ${plural(tally.warnings, "warning")}`;
}

/** What every file for programs begins with. */
export function runFacts({ header, footer }: Recording, tally: RunTally) {
  const { target, seed, run } = header;
  return { target, seed, run, planned: footer?.planned ?? null, counts: tally.counts, warnings: tally.warnings };
}
