/** Recording → what the page shows above its cases, in one walk that keeps numbers: matrix, timings, families, levels. */
import type { Counts, Level, Recording, Status } from "../../runner/model/index.ts";
import { totalCount, zeroCounts } from "../../runner/model/status.ts";
import { type RunTally, tallyVerdicts } from "../summary/tally.ts";

export interface PageStatistics {
  readonly counted: RunTally;
  readonly total: number;
  /** By action, then by family, both in plan order. */
  readonly matrix: ReadonlyMap<string, ReadonlyMap<string, Counts>>;
  readonly families: readonly string[];
  readonly levels: readonly Level[];
  /** Milliseconds of the judged calls by action; of the whole cases where the log is older and does not say. */
  readonly times: ReadonlyMap<string, Float64Array>;
  readonly timesIncludeSetup: boolean;
  /** Ids of the cases whose exchanges are shown. */
  readonly shown: ReadonlySet<string>;
}

type Growing = { [status in Status]: number };

export function collectStatistics(recording: Recording): PageStatistics {
  const counted = tallyVerdicts(recording);
  const matrix = new Map<string, Map<string, Growing>>();
  const families = new Set<string>();
  const levels = new Set<Level>();
  const took = new Map<string, Times>();
  const whole = new Map<string, Times>();
  let told = false;
  for (const verdict of recording.verdicts()) {
    const { action, family, level, status, judgedCallMs: call, durationMs } = verdict;
    const row = matrix.get(action) ?? new Map<string, Growing>();
    matrix.set(action, row);
    const cell = row.get(family) ?? zeroCounts();
    row.set(family, cell);
    cell[status]++;
    families.add(family);
    levels.add(level);
    if (call !== undefined) {
      told = true;
      add(took, action, call);
    } else if (durationMs > 0) add(whole, action, durationMs);
  }
  const times = told ? took : whole;
  return {
    counted,
    total: totalCount(counted.counts),
    matrix,
    families: [...families],
    levels: [...levels],
    times: new Map([...times].map(([action, { values, size }]) => [action, values.slice(0, size).sort()])),
    timesIncludeSetup: !told,
    shown: shownOf(counted),
  };
}

interface Times {
  values: Float64Array;
  size: number;
}

function add(of: Map<string, Times>, action: string, ms: number): void {
  const own = of.get(action) ?? { values: new Float64Array(256), size: 0 };
  of.set(action, own);
  if (own.size === own.values.length) {
    const more = new Float64Array(own.size * 2);
    more.set(own.values);
    own.values = more;
  }
  own.values[own.size++] = ms;
}

/** Exchanges are what makes a page long: three for each cause, one where there are many causes, and so many in all. */
const mostShown = 100;

function shownOf({ causes }: RunTally): Set<string> {
  const urgent = causes.filter(({ status }) => status !== "warning");
  const each = urgent.length * 3 <= mostShown ? 3 : 1;
  return new Set(urgent.slice(0, mostShown).flatMap(({ examples }) => examples.slice(0, each).map(({ id }) => id)));
}
