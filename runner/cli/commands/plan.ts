/** assay plan: what a run would send, by action; nothing is sent. */
import type { Command } from "commander";
import { estimateCosts, sumCosts } from "../../cases/cost.ts";
import { missingFamilies } from "../../cases/plan.ts";
import { callsPerSecond, serviceTargetOf } from "../../run/send/endpoint.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { requireCases } from "../select-cases.ts";
import { addSelectionOptions, formatOption, printJson, type SelectionOptions } from "../shared-options.ts";
import { readTarget } from "../target/target-file.ts";

export function planCommand(program: Command): void {
  addSelectionOptions(program.command("plan").description("the same selection as run, with nothing sent"))
    .option("--target <file>", "for this target; its secrets are not asked for")
    .addOption(formatOption())
    .action((options: SelectionOptions & { target?: string; format: string }) => {
      const specs = loadValidSpecs(options.specs);
      const target = options.target === undefined ? undefined : readTarget(options.target, null, specs);
      const costs = estimateCosts(requireCases(specs, options, target), (action) =>
        callsPerSecond((target && serviceTargetOf(target, action.id)) ?? { rateLimit: "documented" }, action),
      );
      const rows = [...costs].map(([action, facts]) => ({ id: action.id, ...facts }));
      const whole = { ...sumCosts(costs.values()), actions: rows, absent: missingFamilies(costs.keys()) };
      if (options.format === "json") return printJson(whole);
      for (const r of rows) {
        const families = Object.entries(r.families)
          .map(([f, n]) => `${f} ${n}`)
          .join(", ");
        process.stdout.write(
          `${r.id}: ${r.cases} cases, ${r.controls} controls, ${r.calls} calls (${r.mutating} change state), ${r.seconds} s: ${families}\n`,
        );
      }
      process.stdout.write(
        `\n${whole.cases} cases, ${whole.controls} controls, ${whole.calls} calls (${whole.mutating} change state), ${whole.seconds} s at ${target ? "its" : "the documented"} pace; ${(whole.calls / whole.cases).toFixed(2)} calls a case\n`,
      );
    });
}
