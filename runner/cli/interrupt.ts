/** SIGINT, SIGTERM and SIGHUP: the first signal ends the run after its clean-up, the second one exits at once with code 130. */
import { shellWord } from "../http/shell-quote.ts";
import { cliCommand } from "./rerun-command.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function handleInterrupts(out: string): { interrupted: () => boolean; done: () => void } {
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    // A terminal that closes often sends several, and nobody can read why a second one would skip the clean-up.
    if (signal === "SIGHUP" && signals > 0) return;
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
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    interrupted: () => signals > 0,
    done: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
