/** Ctrl-C: once ends the run in order, twice at once. */
import { shellQuoted } from "../../reports/text/sentences.ts";
import { cliCommand } from "./rerun-command.ts";

export function handleInterrupts(out: string): { interrupted: () => boolean; done: () => void } {
  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals === 1) {
      process.stderr.write("\ninterrupted: no new cases; cleaning up (once more to stop at once)\n");
      return;
    }
    process.stderr.write(
      `\nstopped; what may be left on the target is deleted by: ${cliCommand("sweep")} --out ${shellQuoted(out)}\n`,
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
