/** The logs of the shards of a plan → the log of one run, line by line. */
import { createHash } from "node:crypto";
import { mergeStates, staleEntries, staleInShard } from "../check/known-failures.ts";
import { type ChangeTracker, trackChanges } from "../compare/changes-since.ts";
import type { PreviousRun } from "../compare/previous-run.ts";
import { readLogLines } from "../log/read-lines.ts";
import type { ChangesSince, Counts, Footer, Header, MergedShard } from "../model/index.ts";
import { totalCount, zeroCounts } from "../model/status.ts";
import { exitCode } from "../run/exit-code.ts";
import { runId } from "../run/run-id.ts";
import type { ShardLog } from "./shard-log.ts";

export interface MergedRun {
  readonly header: Header;
  /** Writes header, verdicts, coverage and, where no shard is missing or broke off, the footer. Returns the exit code. */
  writeLines(write: (text: string) => void): number;
}

/** `logs`: shards of one plan by index, at least one. `previousRun`: with --since. */
export function mergeShards(logs: readonly [ShardLog, ...ShardLog[]], previousRun?: PreviousRun): MergedRun {
  const header = mergedHeader(logs);
  return {
    header,
    writeLines(write) {
      const changes = previousRun && trackChanges(previousRun, header, header.strict);
      write(`${JSON.stringify(header)}\n`);
      copyLines(logs, write, changes);
      const footer = mergedFooter(logs, header, changes?.since());
      const complete = logs.length === logs[0].header.shard.count && logs.every((log) => log.footer !== null);
      // Without a footer the reports show a run that broke off.
      if (!complete) return footer.exit === 0 ? 3 : footer.exit;
      write(`${JSON.stringify(footer)}\n`);
      return footer.exit;
    },
  };
}

function mergedHeader(logs: readonly [ShardLog, ...ShardLog[]]): Header {
  const { shard, ...first } = logs[0].header;
  const byIndex = new Map(logs.map((log) => [log.header.shard.index, log]));
  const shards = Array.from({ length: shard.count }, (_, i): MergedShard => {
    const log = byIndex.get(i + 1);
    if (!log) return { index: i + 1 };
    const { run, shard: own } = log.header;
    const brokenOff = log.footer === null ? { brokenOffAfter: totalCount(log.counts) } : {};
    return { index: i + 1, run, cases: own.cases, ...brokenOff };
  });
  // The same shards always get the same id.
  const digest = createHash("sha256").update(JSON.stringify(shards.map(({ run }) => run ?? null)));
  return {
    ...first,
    run: runId(digest.digest().readBigUInt64BE()),
    started: logs.map((log) => log.header.started).reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a)),
    shards,
  };
}

/** Verdicts are copied as they are: they have their places in the whole plan. Coverage follows in the order of the plan. */
function copyLines(logs: readonly ShardLog[], write: (text: string) => void, changes: ChangeTracker | undefined): void {
  const firstIndexes = new Map<string, number>();
  const coverage: { readonly action: string; readonly text: string }[] = [];
  for (const { path } of logs) {
    for (const { line, text } of readLogLines(path)) {
      if (line.type === "coverage") coverage.push({ action: line.action, text });
      if (line.type !== "verdict") continue;
      firstIndexes.set(line.action, Math.min(line.planIndex, firstIndexes.get(line.action) ?? line.planIndex));
      changes?.record(line, line.declaredByTarget === true);
      write(`${text}\n`);
    }
  }
  const placeOf = ({ action }: { readonly action: string }) => firstIndexes.get(action) ?? 0;
  for (const { text } of coverage.sort((a, b) => placeOf(a) - placeOf(b))) write(`${text}\n`);
}

/** Also computed where shards are missing, for the exit code. */
function mergedFooter(logs: readonly ShardLog[], header: Header, since: ChangesSince | undefined): Footer {
  const footers = logs.flatMap(({ footer }) => footer ?? []);
  const results = footers.flatMap(({ shard }) => shard ?? []);
  const sum = <T>(items: readonly T[], numberOf: (item: T) => number): number =>
    items.reduce((total, item) => total + numberOf(item), 0);
  const counts = logs.reduce((total, log) => addCounts(total, log.counts), zeroCounts());
  const warnings = sum(logs, (log) => log.warnings);
  const complete = footers.length === header.shards?.length;
  const planned = complete ? sum(footers, (footer) => footer.planned) : totalCount(counts);
  const interrupted = footers.some((footer) => footer.interrupted);
  const leftovers = sum(footers, (footer) => footer.leftovers);
  const lost = footers.flatMap((footer) => footer.lost ?? []);
  const died = footers.flatMap((footer) => footer.died ?? []);
  const known = mergeStates(results.map((result) => result.known));
  const allSelected = header.select.length === 0 && !header.readOnly && header.depth !== "quick";
  const stale = complete ? staleEntries(known, allSelected) : staleInShard(known);
  const staleKnownFailures = interrupted ? [] : stale;
  const starts = logs.map((log) => Date.parse(log.header.started));
  const ends = logs.flatMap(({ footer }, i) => (footer ? (starts[i] ?? 0) + footer.durationMs : []));
  return {
    type: "footer",
    planned,
    counts,
    warnings,
    interrupted,
    staleKnownFailures,
    runProblems: mergedProblems(logs),
    ...(lost.length > 0 ? { lost } : {}),
    ...(died.length > 0 ? { died } : {}),
    leftovers,
    requests: sum(footers, (footer) => footer.requests ?? 0),
    ...(since ? { since } : {}),
    exit: exitCode({
      ...(since ? { since } : {}),
      planned,
      counts,
      interrupted,
      staleKnownFailures: staleKnownFailures.length,
      declaredByTarget: sum(logs, (log) => log.declaredByTarget),
      strictWarnings: header.strict ? warnings : 0,
      actionsWithoutPass: sum(results, (result) => result.actionsWithoutPass),
      lost: lost.length,
      died: died.length,
      leftovers: leftovers - sum(results, (result) => result.leftoversOfKnownFailures),
    }),
    durationMs: Math.max(0, ...ends) - Math.min(...starts),
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  return Object.fromEntries(
    Object.entries(a).map(([status, n]) => [status, n + b[status as keyof Counts]]),
  ) as unknown as Counts;
}

/** Each problem once, with the shards that have it. */
function mergedProblems(logs: readonly ShardLog[]): string[] {
  const shards = new Map<string, number[]>();
  for (const { header, footer } of logs)
    for (const text of footer?.runProblems ?? []) shards.set(text, [...(shards.get(text) ?? []), header.shard.index]);
  return [...shards].map(([text, at]) => `${at.length === 1 ? "shard" : "shards"} ${at.join(", ")}: ${text}`);
}
