/** Each family, check and postcondition is necessary: if it is weakened in one point, a named fault is no longer detected. */
import { describe, expect, test } from "vitest";
import { families } from "../../../runner/cases/families/index.ts";
import type { CaseTemplate, Family } from "../../../runner/cases/template.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { findFaults } from "../../../runner/emulator/faults/index.ts";
import type { Action, Service } from "../../../runner/model/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { specsOf } from "../../vitest.ts";
import { isDetected } from "./detection-matrix.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

/** A template of a family → the template of the weakened family; null drops it. */
type Weaken = (template: CaseTemplate) => CaseTemplate | null;

const without =
  (slug: RegExp): Weaken =>
  (template) =>
    slug.test(`${template.place}/${template.slug}`) ? null : template;

/** Makes each text beyond a limit one unit longer, so that the first refused length is not tested. */
const oneUnitLonger: Weaken = (template) =>
  template.outcome !== "success" && template.edit?.op === "set" && template.edit.value.kind === "text"
    ? {
        ...template,
        edit: { ...template.edit, value: { ...template.edit.value, length: template.edit.value.length + 1 } },
      }
    : template;

const withoutConcurrency: Weaken = ({ concurrency: _, ...template }) => template;
const withoutEquivalence: Weaken = ({ equivalentTo: _, ...template }) => template;

const weakFamilies: Readonly<Record<string, readonly [weaken: Weaken, fault: string]>> = {
  valid: [without(/^(?!call\/full)/), "tag-demanded"],
  sample: [without(/^\/2$/), "sample-of-another-reason"],
  boundary: [oneUnitLonger, "group-id-one-byte-more"],
  "illegal-charset": [without(/emoji/), "emoji"],
  duplicate: [without(/^GroupName\/existing/), "same-group-name-twice"],
  "missing-member": [without(/\/null$/), "null-accepted"],
  situation: [without(/synchronized/), "synchronized-group-changed"],
  listing: [without(/pages-of/), "tencent/iai/GetGroupList:list/page-size-plus-one"],
  idempotency: [without(/token-of-another/), "aws-token-for-anything"],
  "wrong-type": [without(/\/object$/), "object-taken-for-text"],
  enum: [without(/^Silence\/is-not/), "im-silence-2"],
  "unknown-member": [without(/undeclared/), "undeclared-told-as-invalid"],
  "repeated-key": [without(/twice/), "repeated-key-broken"],
  protocol: [without(/^Version\/text-behind/), "version-cut"],
  signature: [without(/301-seconds-old/), "tc3-window-wide-old"],
  precedence: [without(/.and./), "two-breaches-taken"],
  concurrency: [withoutConcurrency, "two-groups-at-once"],
  equivalence: [withoutEquivalence, "accents-refused-in-a-query"],
  fuzz: [without(/mix/), "only-together"],
};

const weakChecks: Readonly<Record<string, string>> = {
  status: "tencent-refusal-400",
  "content-type": "content-type-html",
  envelope: "error-message-null",
  output: "aws-timestamp-as-text",
  "request-id": "request-id-repeated",
  outcome: "limit-1001",
  code: "code-of-another-rule",
  "code-places": "aws-header-contradicts-type",
  items: "im-entry-failed",
  list: "tencent/iai/GetGroupList:list/page-size-plus-one",
  sample: "aws-status-code-as-text",
};

const weakPostconditions: Readonly<Record<string, string>> = {
  effect: "group-not-kept",
  bystander: "aws-all-users-deleted",
  contents: "deleted-group-leaves-persons",
  replay: "aws/rekognition/CreateUser:replay-differs",
  unchanged: "group-made-before-it-is-refused",
  listed: "tencent/iai/GetPersonList:list/total-too-large/PersonNum",
  described: "aws/rekognition/DescribeCollection:list/count/UserCount",
};

/** The built-in specs without the output schema of one action, so that only its sample describes the output. */
function withoutOutputSchema(id: string): Specs {
  const specs = specsOf();
  const services = new Map<string, Service>();
  const allActions = new Map<string, Action>();
  for (const service of specs.services.values()) {
    const actions = new Map<string, Action>();
    const copy: Service = { ...service, actions };
    services.set(copy.id, copy);
    for (const action of service.actions.values()) {
      const output = action.id === id ? ({ type: "object" } as const) : action.output;
      const actionCopy: Action = { ...action, service: copy, output };
      actions.set(actionCopy.name, actionCopy);
      allActions.set(actionCopy.id, actionCopy);
    }
  }
  return { ...specs, services, actions: allActions };
}

/** Whether a case of the fault's family fails with the fault. */
async function detects(
  id: string,
  weakened: Pick<RunCasesOptions, "families" | "checks" | "postconditions" | "specs">,
): Promise<boolean> {
  const [fault] = findFaults(specsOf().services, [id]);
  if (!fault) throw new Error(id);
  const depth = fault.action.split("/").length;
  const select = [`${fault.action}/${"*/".repeat(3 - depth)}${fault.family}/**`];
  const { verdicts } = await runCases({
    select,
    faults: [id],
    fakeClock: fault.family === "signature",
    // Cases that are evaluated at the same time as the first that fails would be for nothing.
    workers: 1,
    stopWhen: isDetected,
    ...weakened,
  });
  return verdicts.some(isDetected);
}

const weakenFamily = (family: Family, weaken: Weaken): Family => ({
  ...family,
  *templates(action) {
    for (const template of family.templates(action)) {
      const weakTemplate = weaken(template);
      if (weakTemplate) yield weakTemplate;
    }
  },
});

describe("each family", () => {
  test("is listed", () => expect(Object.keys(weakFamilies).sort()).toEqual(families.map((f) => f.id).sort()));

  test.each(Object.entries(weakFamilies))("%s", async (id, [weaken, fault]) => {
    expect(findFaults(specsOf().services, [fault])[0]?.family).toBe(id);
    expect(await detects(fault, {})).toBe(true);
    expect(await detects(fault, { families: families.map((f) => (f.id === id ? weakenFamily(f, weaken) : f)) })).toBe(
      false,
    );
  });
});

describe("each check", () => {
  test("is listed", () => expect(Object.keys(weakChecks).sort()).toEqual(checks.map((c) => c.id).sort()));

  test.each(Object.entries(weakChecks))("%s", async (id, fault) => {
    // With an output schema the check `output` would detect the fault as well.
    const specsOption = id === "sample" ? { specs: withoutOutputSchema("aws/rekognition/CreateCollection") } : {};
    expect(await detects(fault, specsOption)).toBe(true);
    const weakened = checks.map((c) => (c.id === id ? { ...c, findings: () => [] } : c));
    expect(await detects(fault, { ...specsOption, checks: weakened })).toBe(false);
  });
});

describe("each postcondition", () => {
  test("is listed", () =>
    expect(Object.keys(weakPostconditions).sort()).toEqual(postconditions.map((p) => p.id).sort()));

  test.each(Object.entries(weakPostconditions))("%s", async (id, fault) => {
    expect(await detects(fault, {})).toBe(true);
    const weakened = postconditions.map((p) => (p.id === id ? { ...p, applies: () => false } : p));
    expect(await detects(fault, { postconditions: weakened })).toBe(false);
  });
});
