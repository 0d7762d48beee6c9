/** Each fault that an operator derives from the specs is detected at the cases that it names, also those of a new action. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { concernsAction, isCaseOf } from "../../../runner/emulator/faults/fault.ts";
import { faultsOf } from "../../../runner/emulator/faults/index.ts";
import type { OperatorFault } from "../../../runner/emulator/faults/operators/operator.ts";
import type { Case } from "../../../runner/model/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { placesOf } from "../../../runner/spec/places/places.ts";
import { specsOf } from "../../vitest.ts";
import { cachedCases } from "./cached-cases.ts";
import { detectionMatrix, isDetectedBy } from "./detection-matrix.ts";
import { runCases } from "./run-cases.ts";

/** Operators that change what one refusal becomes. */
const refusalOperators = new Set(["lax", "one-beyond", "other-code", "internal-code"]);

/** Groups of faults that do not influence each other: several run in one emulator, which is faster. */
function groupsOf(faults: readonly OperatorFault[], { actions }: Specs): OperatorFault[][] {
  const serviceOf = ({ action }: OperatorFault) => actions.get(action)?.service.id ?? action;
  const parameterOf = ({ operator, action, place, keyword }: OperatorFault) =>
    refusalOperators.has(operator) && keyword !== "unique"
      ? actions.get(action)?.parameters.find((p) => placesOf(p).some(({ name }) => name === place))
      : undefined;
  const areIndependent = (a: OperatorFault, b: OperatorFault) => {
    const [ofA, ofB] = [parameterOf(a), parameterOf(b)];
    return serviceOf(a) !== serviceOf(b) || (ofA !== undefined && ofB !== undefined && ofA !== ofB);
  };
  const groups: OperatorFault[][] = [];
  for (const fault of faults) {
    const group = groups.find((others) => others.every((other) => areIndependent(fault, other)));
    if (group) group.push(fault);
    else groups.push([fault]);
  }
  return groups;
}

const isAbout = (c: Case, fault: OperatorFault) => concernsAction(fault, c.action.id) && isCaseOf(fault, c);

/** Runs the cases of the faults against an emulator that has all of them; returns those that no case detects. */
async function undetected(faults: readonly OperatorFault[], specs: Specs, planned: readonly Case[]): Promise<string[]> {
  const pending = new Set(faults);
  const cases = planned.filter((c) => faults.some((fault) => isAbout(c, fault)));
  const byId = new Map(cases.map((c) => [c.id, c]));
  await runCases({
    select: [],
    cases,
    specs,
    faults: faults.map(({ id }) => id),
    fakeClock: true,
    // Cases that are evaluated at the same time as the first that fails would be for nothing.
    workers: 1,
    only: (c) => [...pending].some((fault) => isAbout(c, fault)),
    stopWhen: (verdict) => {
      const c = byId.get(verdict.id);
      for (const fault of pending)
        if (c && isAbout(c, fault) && isDetectedBy(fault.detects ?? "", verdict)) pending.delete(fault);
      return pending.size === 0;
    },
  });
  return [...pending].map(({ id, family }) => `${id}: not by ${family}`);
}

/** Emulators that are tested at the same time: a retry waits for its turn, and the others use that time. */
const PARALLEL_GROUPS = 4;

/** Detects the faults of one operator; `planned` are the cases of the specs. */
async function undetectedOf(faults: readonly OperatorFault[], specs: Specs, planned: readonly Case[]) {
  const missed: string[] = [];
  const pending = groupsOf(faults, specs).values();
  const lane = async () => {
    for (const group of pending) missed.push(...(await undetected(group, specs, planned)));
  };
  await Promise.all(Array.from({ length: PARALLEL_GROUPS }, lane));
  return missed;
}

const planOf = (specs: Specs): Case[] => [...cachedCases(specs, "standard", [])];

describe("each fault of the built-in specs is detected", () => {
  const specs = specsOf();
  const { ofOperators } = faultsOf(specs.services);
  const planned = planOf(specs);
  test.each([...new Set(ofOperators.map(({ operator }) => operator))])("%s", async (operator) => {
    const faults = ofOperators.filter((fault) => fault.operator === operator);
    expect(await undetectedOf(faults, specs, planned)).toEqual([]);
  });

  test("and names a cell of the matrix", () => {
    const cells = new Set(detectionMatrix(specs));
    expect(ofOperators.filter(({ detects }) => !cells.has(detects ?? "")).map(({ id }) => id)).toEqual([]);
  });

  test("ids are unique, also among the named faults", () => {
    const ids = [...faultsOf(specs.services).named, ...ofOperators].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** An action that only reads, with a constraint of every kind that a document states. */
const newAction = `
action: ListKeys
description: Lists keys.
source: &page { url: 'https://example.com/list-keys', accessedOn: 2026-11-21 }
commonParameters: [Action, Version, Region]
parameters:
  Owner:
    required: true
    asDocumented: { type: String }
    schema: { type: string, minLength: 1, maxLength: 40, pattern: '[A-Za-z0-9_.-]+' }
    refusals:
      absent: &code { codes: [InvalidParameter.Owner], source: { row: Owner } }
      empty: *code
      is-null: *code
      type: *code
      maxLength: *code
      pattern: *code
    source: { row: Owner }
  Limit:
    asDocumented: { type: Integer }
    schema: { type: integer, minimum: 1, maximum: 50 }
    refusals: { type: *code, minimum: *code, maximum: *code }
    source: { row: Limit }
  State:
    asDocumented: { type: String }
    schema: { type: string, enum: [Active, Expired] }
    refusals: { type: *code, enum: *code }
    source: { row: State }
  Tags:
    asDocumented: { name: Tags.N, type: Array of String }
    schema: { type: array, maxItems: 4, uniqueItems: true, items: { type: string, maxLength: 30 } }
    refusals: { type: *code, maxItems: *code, uniqueItems: *code, items: { maxLength: *code } }
    source: { row: Tags }
output: { type: object, required: [Keys], properties: { Keys: { type: array, items: { type: string } } } }
errors:
  InvalidParameter.Owner: { description: a parameter is invalid, cause: request, source: *page }
  InvalidParameter.Other: { description: another parameter is invalid, cause: request, source: *page }
`;

describe("a new action of a folder of specs", () => {
  const dir = mkdtempSync(join(tmpdir(), "assay-operators-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  for (const part of ["schema", "envelopes", join("tencent", "sts")])
    cpSync(join(builtInSpecs(), part), join(dir, part), { recursive: true });
  writeFileSync(join(dir, "tencent", "sts", "ListKeys.yaml"), newAction);
  const specs = specsOf(dir);
  const faults = faultsOf(specs.services).ofOperators.filter(({ action }) => action === "tencent/sts/ListKeys");

  test("has faults of each kind that its document decides", () => {
    const counts = new Map<string, number>();
    for (const { operator } of faults) counts.set(operator, (counts.get(operator) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
      {
        "account-code": 1,
        "auth-code": 1,
        "busy-code": 1,
        "combined-internal-code": 1,
        "combined-lax": 1,
        "converted": 1,
        "internal-code": 17,
        "late-lax": 1,
        "lax": 17,
        "omitted": 1,
        "one-beyond": 5,
        "other-code": 17,
        "retyped": 1,
        "strict": 15,
        "throttle-code": 1,
        "wrapped": 1,
      }
    `);
    expect(faults.map(({ id }) => id)).toContain("tencent/sts/ListKeys:Tags.items/maxLength/one-beyond");
  });

  test("has every one of them detected", async () => {
    expect(await undetectedOf(faults, specs, planOf(specs))).toEqual([]);
  });

  test("and the named faults of its service, but not those of others", () => {
    const { named } = faultsOf(specs.services);
    expect(named.map(({ id }) => id)).toContain("account-left-out");
    expect(named.every(({ action }) => action.startsWith("tencent/sts"))).toBe(true);
  });
});
