/** Statistics of killed runs and their sweeps: open ledger entries, deleted resources and leftovers. */
import { type KillResult, killAndSweep } from "../self/cleanup/kill-and-sweep.ts";
import { buildIfChanged } from "../self/fixtures/build.ts";

export async function benchKillAndSweep(kills: number, seed: number): Promise<string[]> {
  await buildIfChanged();
  const all: KillResult[] = await killAndSweep(kills, seed, ({ leftovers, countChanges }) => {
    if (leftovers.length > 0) process.stderr.write(`${leftovers.join("\n")}\n${JSON.stringify(countChanges)}\n`);
  });
  const sum = (count: (result: KillResult) => number) => all.reduce((n, result) => n + count(result), 0);
  const differences = all.flatMap(({ countChanges }) => Object.values(countChanges));
  return [
    `${all.length} kills: ${sum((result) => result.openEntries)} open ledger entries, ${sum((result) => result.withoutResponse)} of them without a response`,
    `swept: ${sum((result) => result.deleted)} deleted, ${sum((result) => result.notFound)} not found, ${sum((result) => result.leftovers.length)} leftovers reported`,
    `resources afterwards: ${differences.filter((n) => n > 0).reduce((a, b) => a + b, 0)} more than before, ${-differences.filter((n) => n < 0).reduce((a, b) => a + b, 0)} fewer`,
  ];
}
