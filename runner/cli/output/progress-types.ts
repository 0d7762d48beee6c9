/** Types of the progress display of a run. */
import type { Case, Verdict } from "../../model/index.ts";
import type { Workload } from "./throughput.ts";

export interface Progress {
  /** The cases of the options, counted while they are iterated. */
  readonly cases: Iterable<Case>;
  onVerdict(verdict: Verdict): void;
  done(): void;
}

export interface ProgressOptions {
  readonly cases: Iterable<Case>;
  readonly workload: Workload;
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Clock in milliseconds. */
  readonly now: () => number;
  /** Calls `callback` every `ms` milliseconds until the returned function is called. */
  readonly repeat: (ms: number, callback: () => void) => () => void;
  /** The text to print for a verdict: whole lines, or an empty string. */
  readonly formatVerdict: (verdict: Verdict) => string;
}

/** An interval timer that does not keep the process alive. Returns the function that stops it. */
export function setUnrefInterval(ms: number, callback: () => void): () => void {
  const timer = setInterval(callback, ms);
  timer.unref();
  return () => clearInterval(timer);
}
