/** Finished cases → the current rate, and the remaining time. */
import { type ActionCost, secondsAtRate } from "../../cases/cost.ts";
import type { Action } from "../../model/index.ts";

/** The work of a run. */
export interface Workload {
  readonly cases: number;
  /** Duration of all cases at the rate limits, in seconds; 0 where no rate limit applies. */
  readonly seconds: number;
  /** By action: average seconds of one of its cases. Empty where no rate limit applies. */
  readonly secondsPerCase: ReadonlyMap<string, number>;
}

export interface Throughput {
  recordCase(action: string): void;
  judgedCount(): number;
  /** Cases per second within the last WINDOW_MS; undefined in the first second. */
  rate(): number | undefined;
  /** Seconds until all cases are finished; undefined where it cannot be estimated. */
  remainingSeconds(): number | undefined;
}

/** Period over which the rate is measured. */
const WINDOW_MS = 30_000;

/** Assumed calls per second of an action without a rate limit, where other actions of the run have one. */
const UNLIMITED_CALLS_PER_SECOND = 200;

/** `rateOf`: allowed calls of an action per second; undefined where no rate limit applies. */
export function workloadOf(
  costs: ReadonlyMap<Action, ActionCost>,
  rateOf: (action: Action) => number | undefined,
): Workload {
  let cases = 0;
  let total = 0;
  let rateLimited = false;
  const secondsPerCase = new Map<string, number>();
  for (const [action, cost] of costs) {
    const rate = rateOf(action);
    if (rate !== undefined) rateLimited = true;
    const seconds = secondsAtRate(cost.calls, rate ?? UNLIMITED_CALLS_PER_SECOND);
    cases += cost.cases;
    total += seconds;
    secondsPerCase.set(action.id, seconds / cost.cases);
  }
  return rateLimited ? { cases, seconds: total, secondsPerCase } : { cases, seconds: 0, secondsPerCase: new Map() };
}

/** Progress at time `at`, in milliseconds of the clock. `plannedSeconds`: estimated duration of the cases finished so far. */
interface Sample {
  readonly at: number;
  readonly done: number;
  readonly plannedSeconds: number;
}

export function measureThroughput({ cases, seconds, secondsPerCase }: Workload, now: () => number): Throughput {
  let done = 0;
  let plannedSeconds = 0;
  const samples: Sample[] = [{ at: now(), done: 0, plannedSeconds: 0 }];
  /** The progress within the window; undefined in the first second. */
  const windowProgress = (): { cases: number; planned: number; elapsed: number } | undefined => {
    const at = now();
    while (samples.length > 1 && at - (samples[1]?.at ?? at) >= WINDOW_MS) samples.shift();
    const [start] = samples;
    const elapsed = (at - (start?.at ?? at)) / 1000;
    if (start === undefined || elapsed < 1) return undefined;
    return { cases: done - start.done, planned: plannedSeconds - start.plannedSeconds, elapsed };
  };
  return {
    recordCase(action) {
      done++;
      plannedSeconds += secondsPerCase.get(action) ?? 0;
      const at = now();
      if (at - (samples.at(-1)?.at ?? 0) >= 1000) samples.push({ at, done, plannedSeconds });
    },
    judgedCount: () => done,
    rate() {
      const recent = windowProgress();
      return recent && recent.cases / recent.elapsed;
    },
    remainingSeconds() {
      const recent = windowProgress();
      if (seconds > 0) {
        // The plan estimates the seconds of the remaining cases; `speed` corrects it by planned seconds per elapsed second.
        const speed = recent === undefined ? 1 : recent.planned / recent.elapsed;
        return speed > 0 ? Math.max(0, seconds - plannedSeconds) / speed : undefined;
      }
      const rate = recent && recent.cases / recent.elapsed;
      return rate ? Math.max(0, cases - done) / rate : undefined;
    },
  };
}

/** `41 cases/s`, `0.35 cases/s`. */
export const perSecond = (rate: number): string =>
  `${rate >= 10 || rate === 0 ? Math.round(rate) : rate.toPrecision(2)} cases/s`;

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  const min = Math.round(s / 60);
  return `${Math.floor(min / 60)} h ${min % 60} min`;
}
