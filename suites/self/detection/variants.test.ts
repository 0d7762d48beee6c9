/** No liberal twin is blamed, each freedom of the specs is used by one, and either side of what is open is taken. */
import { describe, expect, test } from "vitest";
import { variants } from "../../../runner/emulator/variants/index.ts";
import type { Variant } from "../../../runner/emulator/variants/variant.ts";
import type { Verdict } from "../../../runner/model/index.ts";
import { gatewayRules, rulesOf } from "../../../runner/spec/rules.ts";
import { specsOf } from "../../vitest.ts";
import { documentedFreedoms } from "./documented-freedoms.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

const specs = specsOf();

test("each freedom that the specs leave is used by a twin, and no twin uses another", () => {
  const used = [...new Set(variants.flatMap((t) => t.freedoms))].sort();
  expect(used).toEqual([...documentedFreedoms(specs)].sort());
});

const fewer = ["valid", "sample", "duplicate", "missing-member", "situation", "idempotency"].map((f) => `**/${f}/**`);

/** The services where a twin shows. What only writes the same answer otherwise is judged by fewer families. */
function casesFor(twin: Variant): Omit<RunCasesOptions, "twins"> {
  if (twin.late) return { select: fewer, fakeClock: true };
  if (twin.manner) return { select: fewer, workers: 64 };
  if (twin.freedoms.every((u) => /^(?:http|json|contentType|\S+\/text)\//.test(u))) return { select: fewer };
  const shown = [...specs.services.values()].filter(
    (s) => twin.family === undefined || s.envelope.name === twin.family,
  );
  return { select: shown.map((s) => `${s.id}/**`) };
}

/** An absent member of a documented sample is worth a word, even where no page promises it. */
const warned = (twin: string, { check }: Verdict["findings"][number]) =>
  twin === "aws-output-left-out" && check === "sample";

const runs = new Map<string, readonly Verdict[]>();

describe("no twin is blamed", () => {
  test.each(variants.map((t) => [t.id, t] as const))("%s", async (id, twin) => {
    const { verdicts, left, held } = await runCases({ ...casesFor(twin), variants: [id], specs });
    const blamed = verdicts.filter(
      (v) =>
        (v.status !== "passed" && v.status !== "observed") ||
        v.findings.some((f) => f.level === "must" || !warned(id, f)),
    );
    expect(blamed.map((v) => `${v.id} ${v.status} ${v.seen} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(500);
    expect([left, held]).toEqual([0, 0]);
    if (id === "last-code" || id === "open-refused") runs.set(id, verdicts);
  });
});

test("what is open is refused by one twin, all of it", () => {
  const open = (runs.get("open-refused") ?? []).filter((v) => v.expect.outcome === "any");
  expect(open.length).toBeGreaterThan(100);
  expect(open.filter((v) => v.seen === "success").map((v) => v.id)).toEqual([]);
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

test("of several codes the last is given by one twin, for almost every rule", () => {
  const seen = new Map<string, Set<string>>();
  for (const { rule, seen: code, expect: e } of runs.get("last-code") ?? []) {
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
