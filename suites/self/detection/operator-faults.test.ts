/** Each fault that an operator derives from the specs is detected at the cases that it names. Several faults run in one emulator. */
import { describe, expect, test } from "vitest";
import { plan } from "../../../runner/cases/plan.ts";
import { concernsAction, type Fault, isCaseOf } from "../../../runner/emulator/faults/fault.ts";
import { operatorFaults } from "../../../runner/emulator/faults/operators/index.ts";
import type { OperatorFault } from "../../../runner/emulator/faults/operators/operator.ts";
import type { Case } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { specsOf } from "../../vitest.ts";
import { isDetectedBy } from "./detection-matrix.ts";
import { runCases } from "./run-cases.ts";

/** Operators that only change what a refused call gets: faults at two parameters do not influence each other. */
const independentOperators = new Set(["lax", "one-beyond", "other-code", "internal-code"]);

/** Faults of one group change different parameters, or else are alone in their service. */
function groupsOf(faults: readonly OperatorFault[], specs: Specs): OperatorFault[][] {
  const groups: { faults: OperatorFault[]; taken: Set<string> }[] = [];
  for (const fault of faults) {
    const action = specs.actions.get(fault.action);
    const parameter = fault.place.replace(/\.items$/, "");
    const isIndependent =
      independentOperators.has(fault.operator) &&
      (action?.parameters.some((p) => p.name === parameter) ?? false) &&
      fault.keyword !== "unique";
    const service = action?.service.id ?? fault.action;
    const own = isIndependent ? `${fault.action} ${parameter}` : `${service} alone`;
    const others = isIndependent ? [`${service} alone`] : [`${service} shared`];
    let group = groups.find(({ taken }) => !taken.has(own) && others.every((key) => !taken.has(key)));
    if (!group) {
      group = { faults: [], taken: new Set() };
      groups.push(group);
    }
    group.faults.push(fault);
    group.taken.add(own);
    if (isIndependent) group.taken.add(`${service} shared`);
  }
  return groups.map((group) => group.faults);
}

const isAbout = (c: Case, fault: Fault): boolean => concernsAction(fault, c.action.id) && isCaseOf(fault, c);

/** The faults that no case detects, of those in one emulator. */
async function undetected(faults: readonly OperatorFault[], specs: Specs, planned: readonly Case[]): Promise<string[]> {
  const open = new Set(faults);
  const cases = planned.filter((c) => faults.some((fault) => isAbout(c, fault)));
  const byId = new Map(cases.map((c) => [c.id, c]));
  await runCases({
    select: [],
    cases,
    specs,
    faults: faults.map(({ id }) => id),
    fakeClock: true,
    only: (c) => [...open].some((fault) => isAbout(c, fault)),
    stopWhen: (verdict) => {
      for (const fault of open) {
        const c = byId.get(verdict.id);
        if (c && isAbout(c, fault) && isDetectedBy(fault.detects ?? "", verdict)) open.delete(fault);
      }
      return open.size === 0;
    },
  });
  return [...open].map(({ id, family }) => `${id}: ${family}`);
}

const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);

describe("the faults of the built-in specs are detected", () => {
  const specs = specsOf();
  const faults = operatorFaults(specs.services.values()).filter((f) => !process.env["VF_OPS"] || process.env["VF_OPS"].split(",").includes(f.operator));
  const planned = [...plan({ actions: specs.actions.values(), depth: "standard", select: [], isFlat })];
  test.each(groupsOf(faults, specs).map((group, i) => [i + 1, group] as const))("group %i", async (_, group) => {
    expect(await undetected(group, specs, planned)).toEqual([]);
  });
});
