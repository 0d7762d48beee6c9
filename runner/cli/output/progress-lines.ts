/** Progress in plain lines: one for each finished action, and on a long run one now and then that says how far it is. */
import type { Case, Status, Verdict } from "../../model/index.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";
import { duration, measureThroughput, perSecond } from "./throughput.ts";

interface Row {
  planned: number;
  /** True once the plan has gone on to the next action. */
  whole: boolean;
  readonly counts: Map<Status, number>;
}

/** A line that says how far it is comes so often, in milliseconds. */
const STATUS_INTERVAL_MS = 30_000;

export function createProgressLines({ cases, work, stream, now, every, tell }: ProgressOptions): Progress {
  const rows = new Map<string, Row>();
  const going = measureThroughput(work, now);
  let failed = 0;
  const say = (line: string): void => void stream.write(`${line}\n`);
  const row = (action: string): Row => {
    let found = rows.get(action);
    if (!found) {
      found = { planned: 0, whole: false, counts: new Map() };
      rows.set(action, found);
    }
    return found;
  };
  const settle = (action: string) => {
    const { planned, whole, counts } = row(action);
    const judged = [...counts.values()].reduce((a, b) => a + b, 0);
    if (!whole || judged < planned) return;
    say(`${action}: ${[...counts].map(([status, n]) => `${n} ${status}`).join(", ")}`);
    rows.delete(action);
  };
  function* counted(): Iterable<Case> {
    let last = "";
    const leave = () => {
      if (last === "") return;
      row(last).whole = true;
      settle(last);
    };
    for (const c of cases) {
      if (c.action.id !== last) leave();
      last = c.action.id;
      row(last).planned++;
      yield c;
    }
    leave();
  }
  const stop = every(STATUS_INTERVAL_MS, () => {
    const rate = going.rate();
    const left = going.left();
    const far = `${going.done()} of ${work.cases} (${Math.floor((100 * going.done()) / work.cases)} %)`;
    say(
      [
        far,
        `${failed} failed`,
        ...(rate === undefined ? [] : [perSecond(rate)]),
        ...(left === undefined ? [] : [`about ${duration(left)} left`]),
      ].join(", "),
    );
  });
  return {
    cases: counted(),
    onVerdict(verdict: Verdict) {
      going.note(verdict.action);
      if (verdict.status === "failed" || verdict.status === "errored") failed++;
      const told = tell(verdict);
      if (told !== "") stream.write(told);
      const { counts } = row(verdict.action);
      counts.set(verdict.status, (counts.get(verdict.status) ?? 0) + 1);
      settle(verdict.action);
    },
    done: stop,
  };
}
