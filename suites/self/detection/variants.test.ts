/** No variant of the emulator fails a case; each freedom of the specs is used by a variant; undecided behaviour exists in both directions. */
import { describe, expect, test } from "vitest";
import { variants } from "../../../runner/emulator/variants/index.ts";
import type { Variant } from "../../../runner/emulator/variants/variant.ts";
import type { Case, Verdict } from "../../../runner/model/index.ts";
import { gatewayRules, rulesOf } from "../../../runner/spec/rules.ts";
import { specsOf } from "../../vitest.ts";
import { documentedFreedoms } from "./documented-freedoms.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

const specs = specsOf();

test("the variants use exactly the freedoms of the specs", () => {
  const used = [...new Set(variants.flatMap((t) => t.freedoms))].sort();
  expect(used).toEqual([...documentedFreedoms(specs)].sort());
});

const fewFamilies = ["valid", "sample", "duplicate", "missing-member", "situation", "listing", "idempotency"].map(
  (f) => `*/${f}/**`,
);

/** Freedoms of HTTP, JSON and message texts, which no code and no rule has a part in. */
const freedomsOfText = /^(?:http|json|contentType|\S+\/text)\//;
/** Freedoms of envelope and output, which are used in every response of an action in the same way. */
const freedomsOfEnvelopes =
  /^(?:output\/|(?:open|busy)$)|\/(?:contentType$|requestId$|optional\/|code\/|clean\/|emptyBody\/|null\/)/;
/** Freedoms of what a service keeps and returns, whichever binding a call uses. */
const freedomsOfState = /^(?:list|names)\//;
/** Freedoms of how parameters are checked. */
const freedomsOfParameters = new Set(["order", "lengthUnit"]);
const isAboutHttp = ({ freedoms }: Variant): boolean => freedoms.some((f) => /^(?:http|contentType)\//.test(f));

/** The services that have a freedom of the variant; in all others its emulator is the one without variants. */
const affectedServices = ({ family, freedoms }: Variant): string[] =>
  [...specs.services.values()]
    .filter((s) => family === undefined || s.envelope.name === family)
    .filter((s) => {
      const ofService = documentedFreedoms({ ...specs, services: new Map([[s.id, s]]) });
      return freedoms.some((f) => ofService.has(f));
    })
    .map((s) => s.id);

/** All bindings of a service get the same responses. */
const isOverMainBinding = ({ binding, action }: Case): boolean => binding === action.service.bindings[0];

/** What breaks the rules of the gateway is refused before a parameter is checked. */
const isAboutGateway = ({ edit }: Case): boolean => edit?.op === "request";

/** The alphabet of a text: it decides the text's length in UTF-16 units. */
const alphabetOf = ({ edit }: Case): string => (edit?.op === "set" && edit.value.kind === "text" ? edit.value.of : "");

/**
 * True for the first of the cases that differ only in the value of a parameter: which code refuses it depends on the rule
 * that it breaks. What no document decides depends on the value, so all those cases are kept.
 */
function firstOfEachRule(): (c: Case) => boolean {
  const seen = new Set<string>();
  return (c) => {
    const { action, binding, family, rule, place, slug, edit, expect: expected, situation } = c;
    if (expected.outcome === "any") return true;
    const about = [action.id, binding, family, rule, place, edit?.op === "set" ? alphabetOf(c) : slug, situation?.name];
    const key = JSON.stringify([...about, expected]);
    return !seen.has(key) && seen.add(key) !== undefined;
  };
}

/** The cases that a variant can affect. How a response is written does not depend on the value that broke a rule, so one case of each rule is enough. */
function runsFor(variant: Variant): Omit<RunCasesOptions, "variants">[] {
  const services = affectedServices(variant);
  const few: RunCasesOptions = {
    select: services.flatMap((service) => fewFamilies.map((f) => `${service}/${f}`)),
    only: isOverMainBinding,
  };
  const every: RunCasesOptions = { select: services.map((service) => `${service}/**`) };
  const { freedoms, lateChanges, delivery } = variant;
  const isFirst = firstOfEachRule();
  const ofState: RunCasesOptions = {
    ...every,
    only: (c) => isOverMainBinding(c) && !isAboutGateway(c) && isFirst(c),
    fakeClock: true,
  };
  if (lateChanges) return [lateChanges.everyAction ? ofState : { ...few, fakeClock: true }];
  if (freedoms.includes("size")) return [{ select: services.map((service) => `${service}/*/protocol/**`) }];
  // How bytes are sent depends neither on the rule nor on the binding.
  if (delivery) return [{ ...few, depth: "quick", workers: 64 }];
  if (isAboutHttp(variant)) return [{ ...few, depth: "quick", overHttp: true }];
  if (freedoms.every((f) => freedomsOfText.test(f))) return [few];
  if (freedoms.every((f) => freedomsOfEnvelopes.test(f) || freedomsOfText.test(f)))
    return [few, { ...every, depth: "quick" }];
  if (freedoms.every((f) => freedomsOfState.test(f))) return [ofState];
  const isOfParameters = freedoms.every((f) => freedomsOfParameters.has(f));
  return [{ ...every, only: (c) => !(isOfParameters && isAboutGateway(c)) && isFirst(c) }];
}

/**
 * A missing member of a documented sample is a warning even if no document requires the member, and so is a code that some
 * clients do not find.
 */
const isExpectedWarning = ({ id, freedoms }: Variant, { check }: Verdict["findings"][number]) =>
  (["aws-output-left-out", "aws-output-null"].includes(id) && check === "sample") ||
  (freedoms.some((f) => f.startsWith("aws-json/code/")) && check === "code-places");

const runs = new Map<string, readonly Verdict[]>();

describe("no variant fails a case", () => {
  test.each(variants.map((t) => [t.id, t] as const))("%s", async (id, variant) => {
    const verdicts: Verdict[] = [];
    for (const options of runsFor(variant)) {
      const run = await runCases({ ...options, variants: [id], specs });
      expect([run.leftovers, run.extraResources, run.lost]).toEqual([0, 0, []]);
      verdicts.push(...run.verdicts);
    }
    const unexpected = verdicts.filter(
      (v) =>
        (v.status !== "passed" && v.status !== "observed") ||
        v.findings.some((f) => f.level === "must" || !isExpectedWarning(variant, f)),
    );
    expect(unexpected.map((v) => `${v.id} ${v.status} ${v.actual} ${v.reason}`)).toEqual([]);
    // The fewest are those about the headers of AWS.
    expect(verdicts.length).toBeGreaterThan(40);
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
