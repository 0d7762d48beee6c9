/** Cases as they are judged → how fast it goes, and how long the rest takes. */
import { estimateCosts, sumCosts } from "../../cases/cost.ts";
import type { Action, Case } from "../../model/index.ts";

/** What there is to do. */
export interface Workload {
  readonly cases: number;
  /** All of it at the pace, in seconds; 0 where no pace is kept. */
  readonly seconds: number;
  /** Of these, one case of an action, on average. */
  readonly each: ReadonlyMap<string, number>;
}

export interface Throughput {
  note(action: string): void;
  done(): number;
  /** Cases in a second, of late; undefined at the very start. */
  rate(): number | undefined;
  /** Seconds until all is judged; undefined where nothing tells. */
  left(): number | undefined;
}

/** So far back it is looked, in milliseconds. */
const WINDOW_MS = 30_000;

/** Calls in a second where nothing holds them up, beside others that are held up. */
const UNPACED_RATE = 200;

/** `rateOf`: calls of an action in a second; undefined where no pace is kept. */
export function workloadOf(cases: Iterable<Case>, rateOf: (action: Action) => number | undefined): Workload {
  let paced = false;
  const costs = estimateCosts(cases, (action) => {
    const rate = rateOf(action);
    if (rate !== undefined) paced = true;
    return rate ?? UNPACED_RATE;
  });
  const all = sumCosts(costs.values());
  const each = [...costs].map(([action, { seconds, cases: n }]) => [action.id, seconds / n] as const);
  return { cases: all.cases, seconds: paced ? all.seconds : 0, each: new Map(paced ? each : []) };
}

interface Mark {
  readonly at: number;
  readonly done: number;
  readonly seconds: number;
}

export function measureThroughput({ cases, seconds, each }: Workload, now: () => number): Throughput {
  let done = 0;
  let spent = 0;
  const marks: Mark[] = [{ at: now(), done: 0, seconds: 0 }];
  /** What was done a while ago: the oldest mark that is not too old. */
  const since = (): { mark: Mark; elapsed: number } | undefined => {
    const at = now();
    while (marks.length > 1 && at - (marks[1]?.at ?? at) >= WINDOW_MS) marks.shift();
    const [mark] = marks;
    const elapsed = (at - (mark?.at ?? at)) / 1000;
    return mark === undefined || elapsed < 1 ? undefined : { mark, elapsed };
  };
  return {
    note(action) {
      done++;
      spent += each.get(action) ?? 0;
      const at = now();
      if (at - (marks.at(-1)?.at ?? 0) >= 1000) marks.push({ at, done, seconds: spent });
    },
    done: () => done,
    rate() {
      const far = since();
      return far && (done - far.mark.done) / far.elapsed;
    },
    left() {
      const far = since();
      if (seconds > 0) {
        // The plan knows the pace; what it does not know shows in how its seconds go by.
        const pace = far === undefined ? 1 : (spent - far.mark.seconds) / far.elapsed;
        return pace > 0 ? Math.max(0, seconds - spent) / pace : undefined;
      }
      const rate = far && (done - far.mark.done) / far.elapsed;
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
