/** Progress on a terminal: one bar, and above it whatever there is to tell. */
import cliProgress from "cli-progress";
import type { Verdict } from "../../model/index.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";
import { duration, measureThroughput, perSecond } from "./throughput.ts";

export function createProgressBar({ cases, work, stream, now, tell }: ProgressOptions): Progress {
  const going = measureThroughput(work, now);
  let failed = 0;
  let action = "";
  const words = () => {
    const rate = going.rate();
    const left = going.left();
    return {
      failed,
      action,
      rate: rate === undefined ? "" : `  ${perSecond(rate)}`,
      left: left === undefined ? "" : `  ${duration(left)} left`,
    };
  };
  const bars = new cliProgress.MultiBar({
    format: "{bar} {value}/{total}  failed {failed}{rate}{left}  {action}",
    stream,
    barsize: 24,
    clearOnComplete: true,
    hideCursor: true,
    // What is told above the bar is longer than a line, and takes the bar away with it.
    linewrap: true,
    forceRedraw: true,
    // After Ctrl-C the run goes on for a while: it ends the bar itself.
    gracefulExit: false,
  });
  const shown = bars.create(work.cases, 0, words());
  const stop = () => {
    if (!bars.isActive) return;
    process.off("exit", stop);
    bars.update();
    bars.stop();
  };
  // Else the cursor would stay hidden.
  process.once("exit", stop);
  return {
    cases,
    onVerdict(verdict: Verdict) {
      going.note(verdict.action);
      action = verdict.action;
      if (verdict.status === "failed" || verdict.status === "errored") failed++;
      const told = tell(verdict);
      if (told !== "") bars.log(told);
      shown.update(going.done(), words());
    },
    done: stop,
  };
}
