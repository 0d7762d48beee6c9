/** Progress as plain lines: one for each finished action, and a status line at regular intervals. */
import type { Case, Status, Verdict } from "../../model/index.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";
import { duration, measureThroughput, perSecond } from "./throughput.ts";

interface Row {
  planned: number;
  /** True once the plan has moved on to the next action, so that `planned` is final. */
  complete: boolean;
  readonly counts: Map<Status, number>;
}

/** Interval of the status line. */
const STATUS_INTERVAL_MS = 30_000;

export function createProgressLines({
  cases,
  workload,
  stream,
  now,
  repeat,
  formatVerdict,
}: ProgressOptions): Progress {
  const rows = new Map<string, Row>();
  const throughput = measureThroughput(workload, now);
  let failed = 0;
  const printLine = (line: string): void => void stream.write(`${line}\n`);
  const row = (action: string): Row => {
    let existing = rows.get(action);
    if (!existing) {
      existing = { planned: 0, complete: false, counts: new Map() };
      rows.set(action, existing);
    }
    return existing;
  };
  const printIfFinished = (action: string) => {
    const { planned, complete, counts } = row(action);
    const judged = [...counts.values()].reduce((a, b) => a + b, 0);
    if (!complete || judged < planned) return;
    printLine(`${action}: ${[...counts].map(([status, n]) => `${n} ${status}`).join(", ")}`);
    rows.delete(action);
  };
  function* countedCases(): Iterable<Case> {
    let current = "";
    const completeAction = () => {
      if (current === "") return;
      row(current).complete = true;
      printIfFinished(current);
    };
    for (const c of cases) {
      if (c.action.id !== current) completeAction();
      current = c.action.id;
      row(current).planned++;
      yield c;
    }
    completeAction();
  }
  const stop = repeat(STATUS_INTERVAL_MS, () => {
    const rate = throughput.rate();
    const remaining = throughput.remainingSeconds();
    const judged = throughput.judgedCount();
    printLine(
      [
        `${judged} of ${workload.cases} (${Math.floor((100 * judged) / workload.cases)} %)`,
        `${failed} failed`,
        ...(rate === undefined ? [] : [perSecond(rate)]),
        ...(remaining === undefined ? [] : [`about ${duration(remaining)} left`]),
      ].join(", "),
    );
  });
  return {
    cases: countedCases(),
    onVerdict(verdict: Verdict) {
      throughput.recordCase(verdict.action);
      if (verdict.status === "failed" || verdict.status === "errored") failed++;
      const text = formatVerdict(verdict);
      if (text !== "") stream.write(text);
      const { counts } = row(verdict.action);
      counts.set(verdict.status, (counts.get(verdict.status) ?? 0) + 1);
      printIfFinished(verdict.action);
    },
    done: stop,
  };
}
