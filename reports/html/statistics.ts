/** Recording → the statistics that the page shows: tally, matrix, families, levels, timings. Memory grows with actions and families; of each case only its time is kept. */
import type { Counts, Level, Recording, Status } from "../../runner/model/index.ts";
import { totalCount, zeroCounts } from "../../runner/model/status.ts";
import { type RunTally, tallyVerdicts } from "../summary/tally.ts";
import { linkTarget, type Placement } from "./page/placement.ts";

export interface PageStatistics extends Placement {
  /** By action, then by family, both in plan order. */
  readonly matrix: ReadonlyMap<string, ReadonlyMap<string, Counts>>;
  readonly families: readonly string[];
  readonly levels: readonly Level[];
  /** Sorted milliseconds of the judged calls by action; of whole cases where an older log does not record the judged call alone. */
  readonly times: ReadonlyMap<string, Float32Array>;
  readonly timesIncludeSetup: boolean;
  /** Fragment ids of the cases that causes and observations link to, by case id. */
  readonly anchors: ReadonlyMap<string, string>;
}

type MutableCounts = { [status in Status]: number };

export function collectStatistics(recording: Recording): PageStatistics {
  const tally = tallyVerdicts(recording);
  const placement = { tally, total: totalCount(tally.counts), withExchanges: selectWithExchanges(tally) };
  const linkedIds = new Set([
    ...tally.causes.flatMap(({ examples }) => examples.map(({ id }) => id)),
    ...tally.observations.map(({ example }) => example),
  ]);
  const anchors = new Map<string, string>();
  const matrix = new Map<string, Map<string, MutableCounts>>();
  const families = new Set<string>();
  const levels = new Set<Level>();
  const judgedCallTimes = new Map<string, Times>();
  const caseTimes = new Map<string, Times>();
  let hasCallTimes = false;
  for (const verdict of recording.verdicts()) {
    const { action, family, level, status, judgedCallMs: callMs, durationMs } = verdict;
    const row = matrix.get(action) ?? new Map<string, MutableCounts>();
    matrix.set(action, row);
    const cell = row.get(family) ?? zeroCounts();
    row.set(family, cell);
    cell[status]++;
    families.add(family);
    levels.add(level);
    if (linkedIds.has(verdict.id)) anchors.set(verdict.id, linkTarget(placement, verdict));
    if (callMs !== undefined) {
      hasCallTimes = true;
      add(judgedCallTimes, action, callMs);
    } else if (durationMs > 0) add(caseTimes, action, durationMs);
  }
  const times = hasCallTimes ? judgedCallTimes : caseTimes;
  return {
    ...placement,
    anchors,
    matrix,
    families: [...families],
    levels: [...levels],
    times: new Map([...times].map(([action, { values, size }]) => [action, values.subarray(0, size).sort()])),
    timesIncludeSetup: !hasCallTimes,
  };
}

interface Times {
  values: Float32Array;
  size: number;
}

function add(timesByAction: Map<string, Times>, action: string, ms: number): void {
  const times = timesByAction.get(action) ?? { values: new Float32Array(256), size: 0 };
  timesByAction.set(action, times);
  if (times.size === times.values.length) {
    const grown = new Float32Array(times.size * 2);
    grown.set(times.values);
    times.values = grown;
  }
  times.values[times.size++] = ms;
}

/** Exchanges take most of a page's bytes, so only this many cases show theirs. */
const MAX_CASES_WITH_EXCHANGES = 100;

/** The first three cases of each cause, or the first one where there are many causes. */
function selectWithExchanges({ causes }: RunTally): Set<string> {
  const causesOfCases = causes.filter(({ status }) => status !== "warning");
  const perCause = causesOfCases.length * 3 <= MAX_CASES_WITH_EXCHANGES ? 3 : 1;
  return new Set(
    causesOfCases
      .slice(0, MAX_CASES_WITH_EXCHANGES)
      .flatMap(({ examples }) => examples.slice(0, perCause).map(({ id }) => id)),
  );
}
