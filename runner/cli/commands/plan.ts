/** `assay plan`: prints per action which cases and how many calls a run would send. Sends nothing. */
import type { Command } from "commander";
import { estimateCosts, sumCosts } from "../../cases/cost.ts";
import { missingFamilies } from "../../cases/plan.ts";
import { planShard } from "../../cases/shards.ts";
import type { Shard } from "../../model/index.ts";
import { callsPerSecond, serviceTargetOf } from "../../run/send/endpoint.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { requireCases, selectCases } from "../select-cases.ts";
import { addSelectionOptions, formatOption, printJson, type SelectionOptions, shardOption } from "../shared-options.ts";
import { readTarget } from "../target/target-file.ts";

export function planCommand(program: Command): void {
  addSelectionOptions(
    program
      .command("plan")
      .description("print the cases and the number of calls that `run` would send, without sending anything"),
  )
    .option("--target <file>", "plan for this target; the environment variables of its secrets are not read")
    .addOption(shardOption())
    .addOption(formatOption())
    .action((options: SelectionOptions & { target?: string; shard?: Shard; format: string }) => {
      const specs = loadValidSpecs(options.specs);
      const target = options.target === undefined ? undefined : readTarget(options.target, null, specs);
      const { cases: selected, costs: selectedCosts } = requireCases(specs, options, target);
      const { shard } = options;
      const cases = shard ? selectCases(planShard(selected, shard, selectedCosts), options, target) : selected;
      const costs = estimateCosts(cases, (action) => {
        const service = (target && serviceTargetOf(target, action.id)) ?? { rateLimit: "documented" };
        const rate = callsPerSecond(service, action);
        return rate && rate / (shard?.count ?? 1);
      });
      const rows = [...costs].map(([action, facts]) => ({ id: action.id, ...facts }));
      const total = { ...sumCosts(costs.values()), actions: rows, absent: missingFamilies(costs.keys()) };
      if (options.format === "json") return printJson(total);
      for (const r of rows) {
        const families = Object.entries(r.families)
          .map(([f, n]) => `${f} ${n}`)
          .join(", ");
        process.stdout.write(
          `${r.id}: ${r.cases} cases, ${r.controls} controls, ${r.calls} calls (${r.mutating} change state), ${r.seconds} s: ${families}\n`,
        );
      }
      process.stdout.write(
        `\n${total.cases} cases, ${total.controls} controls, ${total.calls} calls (${total.mutating} change state), ${total.seconds} s at the rate limits of the ${target ? "target" : "documentation"}; ${(total.calls / Math.max(1, total.cases)).toFixed(2)} calls per case\n`,
      );
    });
}
