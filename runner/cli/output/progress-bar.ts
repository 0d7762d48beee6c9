/** Progress on a terminal: a bar in the last line, and the reported verdicts above it. */
import cliProgress from "cli-progress";
import type { Verdict } from "../../model/index.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";
import { duration, measureThroughput, perSecond } from "./throughput.ts";

export function createProgressBar({ cases, workload, stream, now, formatVerdict }: ProgressOptions): Progress {
  const throughput = measureThroughput(workload, now);
  let failed = 0;
  let action = "";
  const barFields = () => {
    const rate = throughput.rate();
    const remaining = throughput.remainingSeconds();
    return {
      failed,
      action,
      rate: rate === undefined ? "" : `  ${perSecond(rate)}`,
      left: remaining === undefined ? "" : `  ${duration(remaining)} left`,
    };
  };
  const bars = new cliProgress.MultiBar({
    format: "{bar} {value}/{total}  failed {failed}{rate}{left}  {action}",
    stream,
    barsize: 24,
    clearOnComplete: true,
    hideCursor: true,
    // The text above the bar may be longer than a line; without wrapping the terminal would cut it off.
    linewrap: true,
    forceRedraw: true,
    // After Ctrl-C the run continues with its clean-up and stops the bar itself.
    gracefulExit: false,
  });
  const bar = bars.create(workload.cases, 0, barFields());
  const stop = () => {
    if (!bars.isActive) return;
    process.off("exit", stop);
    bars.update();
    bars.stop();
  };
  // Without this the cursor would stay hidden after an early exit.
  process.once("exit", stop);
  return {
    cases,
    onVerdict(verdict: Verdict) {
      throughput.recordCase(verdict.action);
      action = verdict.action;
      if (verdict.status === "failed" || verdict.status === "errored") failed++;
      const text = formatVerdict(verdict);
      if (text !== "") bars.log(text);
      bar.update(throughput.judgedCount(), barFields());
    },
    done: stop,
  };
}
