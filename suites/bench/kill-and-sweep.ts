/** Kills and sweeps in numbers: what was open, what was deleted, and what stayed. */
import { type KillResult, killAndSweep } from "../self/cleanup/kill-and-sweep.ts";

export async function killAndSweepBench(times: number, seed: number): Promise<string[]> {
  const all: KillResult[] = await killAndSweep(times, seed, ({ left, beyond }) => {
    if (left.length > 0) process.stderr.write(`${left.join("\n")}\n${JSON.stringify(beyond)}\n`);
  });
  const sum = (of: (k: KillResult) => number) => all.reduce((n, k) => n + of(k), 0);
  const more = all.flatMap(({ beyond }) => Object.values(beyond));
  return [
    `${all.length} kills: ${sum((k) => k.open)} entries were open, ${sum((k) => k.unanswered)} of them without an answer`,
    `swept: ${sum((k) => k.deleted)} deleted, ${sum((k) => k.absent)} were not there, ${sum((k) => k.left.length)} left and named`,
    `held afterwards beyond what was there before: ${more.filter((n) => n > 0).reduce((a, b) => a + b, 0)}; missing of it: ${-more.filter((n) => n < 0).reduce((a, b) => a + b, 0)}`,
  ];
}
