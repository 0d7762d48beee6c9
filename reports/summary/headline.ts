/** Recording and tally → the lines that summarize a run: its identity, its counts, its requests. */
import type { Header, Recording } from "../../runner/model/index.ts";
import { STATUSES, totalCount } from "../../runner/model/status.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import type { RunTally } from "./tally.ts";

/** The number of planned cases; undefined where the run broke off and its log does not state it. */
export const plannedCases = ({ header: { plan, shard, shards }, footer }: Recording): number | undefined =>
  footer?.planned ?? shard?.cases ?? (shards && plan?.cases);

/** `shard 2/5`, `5 shards`; nothing for a run that is not divided. */
function shardText({ shard, shards }: Header): string[] {
  if (shard) return [`shard ${shard.index}/${shard.count}`];
  return shards ? [plural(shards.length, "shard")] : [];
}

/** `assay 0.1.0 · target emulator · depth standard · seed 7 · run r1 · 2026-…`. */
export function runIdentity({ header }: Recording): string {
  const facts = [
    `assay ${header.assay}`,
    `target ${header.target}`,
    `depth ${header.depth}`,
    `seed ${header.seed}`,
    `run ${header.run}`,
    ...shardText(header),
    header.started,
  ];
  return oneLine(facts.join(" · "));
}

/** The number of requests of the whole run; no line where the log does not record it. */
export function requestsLine(footer: Recording["footer"]): string[] {
  if (!footer?.requests || footer.planned === 0) return [];
  const perCase = (footer.requests / footer.planned).toFixed(2);
  return [`${footer.requests} requests including set-up, controls, probes and clean-up: ${perCase} per case`];
}

/** The planned number, the counts of all eight statuses (also zeros) and the warnings. */
export function countsLine(recording: Recording, tally: RunTally): string {
  const counts = STATUSES.map((status) => `${tally.counts[status]} ${status}`).join(", ");
  const planned = plannedCases(recording);
  const missing = recording.footer ? 0 : (planned ?? 0) - totalCount(tally.counts);
  const rest = missing > 0 ? `; ${missing} without a verdict` : "";
  return `${planned ?? "an unknown number"} planned: ${counts}; ${plural(tally.warnings, "warning")}${rest}`;
}

/** The members at the start of every JSON report. */
export function runFacts({ header, footer }: Recording, tally: RunTally) {
  const { target, seed, run } = header;
  return { target, seed, run, planned: footer?.planned ?? null, counts: tally.counts, warnings: tally.warnings };
}
