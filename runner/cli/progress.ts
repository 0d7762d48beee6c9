/** Progress of a run: a bar on a terminal, a line for each finished action elsewhere. */
import cliProgress from "cli-progress";
import type { Case, Status, Verdict } from "../model.ts";

export interface Progress {
  /** The same cases, counted as they are taken. */
  readonly cases: Iterable<Case>;
  onVerdict(verdict: Verdict): void;
  done(): void;
}

export function progress(cases: Iterable<Case>): Progress {
  return process.stdout.isTTY ? bar(cases) : lines(cases);
}

function bar(cases: Iterable<Case>): Progress {
  let total = 0;
  for (const _ of cases) total++;
  let failed = 0;
  const shown = new cliProgress.SingleBar({
    format: "{bar} {value}/{total}  failed {failed}  {action}",
    clearOnComplete: true,
    hideCursor: true,
  });
  shown.start(total, 0, { failed, action: "" });
  return {
    cases,
    onVerdict: (v) => {
      if (v.status === "failed" || v.status === "errored") failed++;
      shown.increment(1, { failed, action: v.action });
    },
    done: () => shown.stop(),
  };
}

interface Row {
  planned: number;
  /** True once the plan has gone on to the next action. */
  whole: boolean;
  readonly counts: Map<Status, number>;
}

function lines(cases: Iterable<Case>): Progress {
  const rows = new Map<string, Row>();
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
    process.stdout.write(`${action}: ${[...counts].map(([status, n]) => `${n} ${status}`).join(", ")}\n`);
    rows.delete(action);
  };
  function* counted(): Iterable<Case> {
    let now = "";
    for (const c of cases) {
      if (now !== "" && c.action.id !== now) {
        row(now).whole = true;
        settle(now);
      }
      now = c.action.id;
      row(now).planned++;
      yield c;
    }
    if (now !== "") {
      row(now).whole = true;
      settle(now);
    }
  }
  return {
    cases: counted(),
    onVerdict: (v) => {
      const { counts } = row(v.action);
      counts.set(v.status, (counts.get(v.status) ?? 0) + 1);
      settle(v.action);
    },
    done: () => undefined,
  };
}
