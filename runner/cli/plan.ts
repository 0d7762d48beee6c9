/** assay plan: what a run would send, by action; nothing is sent. */
import type { Command } from "commander";
import { type Cost, costOf } from "../cases/cost.ts";
import { absences } from "../cases/plan.ts";
import type { Action } from "../model.ts";
import { format, printJson, type SelectionOptions, selection } from "./options.ts";
import { planned } from "./planned.ts";
import { specsFrom } from "./specs.ts";

export function planCommand(program: Command): void {
  selection(program.command("plan").description("the same selection as run, with nothing sent"))
    .addOption(format())
    .action((options: SelectionOptions & { format: string }) => {
      const specs = specsFrom(options.specs);
      const actions = new Map<Action, Cost>();
      for (const c of planned(specs, options)) {
        const cost = actions.get(c.action) ?? costOf(c.action);
        actions.set(c.action, cost);
        cost.add(c);
      }
      const rows = [...actions].map(([action, cost]) => ({ id: action.id, ...cost.facts() }));
      const sum = (key: "cases" | "controls" | "calls" | "mutating") => rows.reduce((n, r) => n + r[key], 0);
      const whole = {
        cases: sum("cases"),
        controls: sum("controls"),
        calls: sum("calls"),
        mutating: sum("mutating"),
        seconds: Math.round(rows.reduce((n, r) => n + r.seconds, 0) * 10) / 10,
        actions: rows,
        absent: absences(actions.keys()),
      };
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
        `\n${whole.cases} cases, ${whole.controls} controls, ${whole.calls} calls (${whole.mutating} change state), ${whole.seconds} s at the documented pace; ${(whole.calls / whole.cases).toFixed(2)} calls a case\n`,
      );
    });
}
