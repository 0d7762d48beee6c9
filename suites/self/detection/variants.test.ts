/** No variant of the emulator fails a case; each freedom of the specs is used by a variant; undecided behaviour exists in both directions. */
import { describe, expect, test } from "vitest";
import { variants } from "../../../runner/emulator/variants/index.ts";
import type { Variant } from "../../../runner/emulator/variants/variant.ts";
import type { Verdict } from "../../../runner/model/index.ts";
import { gatewayRules, rulesOf } from "../../../runner/spec/rules.ts";
import { specsOf } from "../../vitest.ts";
import { documentedFreedoms } from "./documented-freedoms.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

const specs = specsOf();

test("the variants use exactly the freedoms of the specs", () => {
  const used = [...new Set(variants.flatMap((t) => t.freedoms))].sort();
  expect(used).toEqual([...documentedFreedoms(specs)].sort());
});

const fewFamilies = ["valid", "sample", "duplicate", "missing-member", "situation", "idempotency"].map(
  (f) => `**/${f}/**`,
);

/** The cases that a variant can affect. Variants that only change the representation of a response are tested with fewer families. */
function casesFor(variant: Variant): Omit<RunCasesOptions, "variants"> {
  if (variant.lateChanges) return { select: fewFamilies, fakeClock: true };
  if (variant.delivery) return { select: fewFamilies, workers: 64 };
  if (variant.freedoms.every((u) => /^(?:http|json|contentType|\S+\/text)\//.test(u))) return { select: fewFamilies };
  const affectedServices = [...specs.services.values()].filter(
    (s) => variant.family === undefined || s.envelope.name === variant.family,
  );
  return { select: affectedServices.map((s) => `${s.id}/**`) };
}

/** A missing member of a documented sample is a warning even if no document requires the member. */
const isExpectedWarning = (variant: string, { check }: Verdict["findings"][number]) =>
  variant === "aws-output-left-out" && check === "sample";

const runs = new Map<string, readonly Verdict[]>();

describe("no variant fails a case", () => {
  test.each(variants.map((t) => [t.id, t] as const))("%s", async (id, variant) => {
    const { verdicts, leftovers, extraResources } = await runCases({ ...casesFor(variant), variants: [id], specs });
    const unexpected = verdicts.filter(
      (v) =>
        (v.status !== "passed" && v.status !== "observed") ||
        v.findings.some((f) => f.level === "must" || !isExpectedWarning(id, f)),
    );
    expect(unexpected.map((v) => `${v.id} ${v.status} ${v.actual} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(500);
    expect([leftovers, extraResources]).toEqual([0, 0]);
    if (id === "last-code" || id === "open-refused") runs.set(id, verdicts);
  });
});

test("a variant refuses every case with an undecided outcome", () => {
  const undecided = (runs.get("open-refused") ?? []).filter((v) => v.expect.outcome === "any");
  expect(undecided.length).toBeGreaterThan(100);
  expect(undecided.filter((v) => v.actual === "success").map((v) => v.id)).toEqual([]);
});

/** Ends of rule ids for which the variant does not use the last code: another check comes first, or several rules apply. */
const exceptions = [
  "protocol/request/nesting",
  "protocol/request/empty-body",
  "signature/request/unsigned",
  "signature/X-Amz-Security-Token/unknown",
  "CreateGroup/rule/situation/again",
  "DeletePersonFromGroup/rule/situation/again",
  "RemoveUserFromGroup/rule/situation/user-unknown",
];

test("a variant uses the last of several codes for all rules but the listed ones", () => {
  const codesByRule = new Map<string, Set<string>>();
  for (const { rule, actual: code, expect: e } of runs.get("last-code") ?? []) {
    if (rule === null || e.outcome !== "refused") continue;
    codesByRule.set(rule, (codesByRule.get(rule) ?? new Set()).add(code));
  }
  const rulesWithSeveralCodes = [...specs.actions.values()]
    .flatMap((a) => [...rulesOf(a), ...gatewayRules(a)])
    .flatMap(({ id, codes }) =>
      typeof codes !== "string" && codes.length > 1 && codesByRule.has(id) ? [{ id, codes }] : [],
    );
  expect(rulesWithSeveralCodes.length).toBeGreaterThan(200);
  const withoutLastCode = rulesWithSeveralCodes.filter((r) => !codesByRule.get(r.id)?.has(r.codes.at(-1) ?? ""));
  expect(withoutLastCode.map((r) => r.id).filter((id) => !exceptions.some((ending) => id.endsWith(ending)))).toEqual(
    [],
  );
  for (const ending of exceptions)
    expect(
      withoutLastCode.some((r) => r.id.endsWith(ending)),
      ending,
    ).toBe(true);
});
