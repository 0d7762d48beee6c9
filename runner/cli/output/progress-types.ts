/** What there is to be shown while a run goes on, and what shows it. */
import type { Case, Verdict } from "../../model/index.ts";
import type { Workload } from "./throughput.ts";

export interface Progress {
  /** The same cases, counted as they are taken. */
  readonly cases: Iterable<Case>;
  onVerdict(verdict: Verdict): void;
  done(): void;
}

export interface ProgressOptions {
  readonly cases: Iterable<Case>;
  readonly work: Workload;
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Milliseconds. */
  readonly now: () => number;
  /** Does it again and again until the returned function is called. */
  readonly every: (ms: number, act: () => void) => () => void;
  /** What is told of a verdict as it comes: whole lines, or nothing. */
  readonly tell: (verdict: Verdict) => string;
}

/** A clock that keeps no process alive. */
export function setUnrefInterval(ms: number, act: () => void): () => void {
  const clock = setInterval(act, ms);
  clock.unref();
  return () => clearInterval(clock);
}
