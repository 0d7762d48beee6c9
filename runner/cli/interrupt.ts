/** SIGINT and SIGTERM: the first signal ends the run after its clean-up, the second one exits at once with code 130. */
import { shellWord } from "../http/shell-quote.ts";
import { cliCommand } from "./rerun-command.ts";

export function handleInterrupts(out: string): { interrupted: () => boolean; done: () => void } {
  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals === 1) {
      process.stderr.write("\ninterrupted: no new cases are started; cleaning up (interrupt again to stop at once)\n");
      return;
    }
    process.stderr.write(
      `\nstopped without clean-up; to delete leftovers on the target: ${cliCommand("sweep")} --out ${shellWord(out)}\n`,
    );
    process.exit(130);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    interrupted: () => signals > 0,
    done: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
