/** No liberal variant is blamed, each freedom of the specs is used by one, and either side of what is open is taken. */
import { describe, expect, test } from "vitest";
import { variants } from "../../../runner/emulator/variants/index.ts";
import type { Variant } from "../../../runner/emulator/variants/variant.ts";
import type { Verdict } from "../../../runner/model/index.ts";
import { gatewayRules, rulesOf } from "../../../runner/spec/rules.ts";
import { specsOf } from "../../vitest.ts";
import { documentedFreedoms } from "./documented-freedoms.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

const specs = specsOf();

test("each freedom that the specs leave is used by a variant, and no variant uses another", () => {
  const used = [...new Set(variants.flatMap((t) => t.freedoms))].sort();
  expect(used).toEqual([...documentedFreedoms(specs)].sort());
});

const fewer = ["valid", "sample", "duplicate", "missing-member", "situation", "idempotency"].map((f) => `**/${f}/**`);

/** The services where a variant shows. What only writes the same answer otherwise is judged by fewer families. */
function casesFor(variant: Variant): Omit<RunCasesOptions, "variants"> {
  if (variant.lateChanges) return { select: fewer, fakeClock: true };
  if (variant.delivery) return { select: fewer, workers: 64 };
  if (variant.freedoms.every((u) => /^(?:http|json|contentType|\S+\/text)\//.test(u))) return { select: fewer };
  const shown = [...specs.services.values()].filter(
    (s) => variant.family === undefined || s.envelope.name === variant.family,
  );
  return { select: shown.map((s) => `${s.id}/**`) };
}

/** An absent member of a documented sample is worth a word, even where no page promises it. */
const warned = (variant: string, { check }: Verdict["findings"][number]) =>
  variant === "aws-output-left-out" && check === "sample";

const runs = new Map<string, readonly Verdict[]>();

describe("no variant is blamed", () => {
  test.each(variants.map((t) => [t.id, t] as const))("%s", async (id, variant) => {
    const { verdicts, left, held } = await runCases({ ...casesFor(variant), variants: [id], specs });
    const blamed = verdicts.filter(
      (v) =>
        (v.status !== "passed" && v.status !== "observed") ||
        v.findings.some((f) => f.level === "must" || !warned(id, f)),
    );
    expect(blamed.map((v) => `${v.id} ${v.status} ${v.actual} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(500);
    expect([left, held]).toEqual([0, 0]);
    if (id === "last-code" || id === "open-refused") runs.set(id, verdicts);
  });
});

test("what is open is refused by one variant, all of it", () => {
  const open = (runs.get("open-refused") ?? []).filter((v) => v.expect.outcome === "any");
  expect(open.length).toBeGreaterThan(100);
  expect(open.filter((v) => v.actual === "success").map((v) => v.id)).toEqual([]);
});

/** The emulator comes upon another reason first, or cannot tell which of several rules it is. */
const neverLast = [
  "protocol/request/nesting",
  "protocol/request/empty-body",
  "signature/request/unsigned",
  "signature/X-Amz-Security-Token/unknown",
  "CreateGroup/rule/situation/again",
  "DeletePersonFromGroup/rule/situation/again",
  "RemoveUserFromGroup/rule/situation/user-unknown",
];

test("of several codes the last is given by one variant, for almost every rule", () => {
  const seen = new Map<string, Set<string>>();
  for (const { rule, actual: code, expect: e } of runs.get("last-code") ?? []) {
    if (rule === null || e.outcome !== "refused") continue;
    seen.set(rule, (seen.get(rule) ?? new Set()).add(code));
  }
  const several = [...specs.actions.values()]
    .flatMap((a) => [...rulesOf(a), ...gatewayRules(a)])
    .flatMap(({ id, codes }) => (typeof codes !== "string" && codes.length > 1 && seen.has(id) ? [{ id, codes }] : []));
  expect(several.length).toBeGreaterThan(200);
  const first = several.filter((r) => !seen.get(r.id)?.has(r.codes.at(-1) ?? ""));
  expect(first.map((r) => r.id).filter((id) => !neverLast.some((end) => id.endsWith(end)))).toEqual([]);
  for (const end of neverLast)
    expect(
      first.some((r) => r.id.endsWith(end)),
      end,
    ).toBe(true);
});
