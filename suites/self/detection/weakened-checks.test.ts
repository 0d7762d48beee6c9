/** Each family, check and proof earns its keep: weakened in one point, it lets a named fault through that it catches whole. */
import { describe, expect, test } from "vitest";
import { families } from "../../../runner/cases/families/index.ts";
import type { CaseTemplate, Family } from "../../../runner/cases/template.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { findFaults } from "../../../runner/emulator/faults/index.ts";
import type { Action, Service } from "../../../runner/model/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { specsOf } from "../../vitest.ts";
import { type RunCasesOptions, runCases } from "./run-cases.ts";

/** The draft as the weakened family has it; null where it is left out. */
type Weaken = (draft: CaseTemplate) => CaseTemplate | null;

const without =
  (slug: RegExp): Weaken =>
  (draft) =>
    slug.test(`${draft.place}/${draft.slug}`) ? null : draft;

/** One unit further beyond each limit than a boundary should be. */
const further: Weaken = (draft) =>
  draft.outcome !== "success" && draft.edit?.op === "set" && draft.edit.value.kind === "text"
    ? { ...draft, edit: { ...draft.edit, value: { ...draft.edit.value, length: draft.edit.value.length + 1 } } }
    : draft;

const alone: Weaken = ({ concurrency: _, ...draft }) => draft;
const unlike: Weaken = ({ equivalentTo: _, ...draft }) => draft;

const weakFamilies: Readonly<Record<string, readonly [weaken: Weaken, fault: string]>> = {
  valid: [without(/^(?!call\/full)/), "tag-demanded"],
  sample: [without(/^\/2$/), "sample-of-another-reason"],
  boundary: [further, "group-id-one-byte-more"],
  "illegal-charset": [without(/emoji/), "emoji"],
  duplicate: [without(/^GroupName\/existing/), "same-group-name-twice"],
  "missing-member": [without(/\/null$/), "null-accepted"],
  situation: [without(/synchronized/), "synchronized-group-changed"],
  idempotency: [without(/token-of-another-call/), "aws-token-for-anything"],
  "wrong-type": [without(/\/object$/), "object-taken-for-text"],
  enum: [without(/^Silence\/is-not/), "im-silence-2"],
  "unknown-member": [without(/undeclared/), "undeclared-told-as-invalid"],
  "repeated-key": [without(/twice/), "repeated-key-broken"],
  protocol: [without(/^Version\/unknown/), "version-wrong-taken"],
  signature: [without(/301-seconds-old/), "tc3-window-wide-old"],
  precedence: [without(/.and./), "two-breaches-taken"],
  concurrency: [alone, "two-groups-at-once"],
  equivalence: [unlike, "accents-refused-in-a-query"],
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
  items: "im-entry-failed",
  sample: "aws-status-code-as-text",
};

const weakProofs: Readonly<Record<string, string>> = {
  effect: "group-not-kept",
  bystander: "aws-all-users-deleted",
  unchanged: "group-made-before-it-is-refused",
};

/** The built-in specs, but for one action of which nobody wrote down the output: only its sample tells. */
function unwritten(id: string): Specs {
  const specs = specsOf();
  const services = new Map<string, Service>();
  const all = new Map<string, Action>();
  for (const service of specs.services.values()) {
    const actions = new Map<string, Action>();
    const copy: Service = { ...service, actions };
    services.set(copy.id, copy);
    for (const action of service.actions.values()) {
      const output = action.id === id ? ({ type: "object" } as const) : action.output;
      const own: Action = { ...action, service: copy, output };
      actions.set(own.name, own);
      all.set(own.id, own);
    }
  }
  return { ...specs, services, actions: all };
}

/** How many cases of the family that claims it fail because of the fault. */
async function caught(
  id: string,
  weakened: Pick<RunCasesOptions, "families" | "checks" | "postconditions" | "specs">,
): Promise<number> {
  const [fault] = findFaults([id]);
  if (!fault) throw new Error(id);
  const depth = fault.action.split("/").length;
  const select = [`${fault.action}/${"*/".repeat(3 - depth)}${fault.family}/**`];
  const { verdicts } = await runCases({ select, faults: [id], fakeClock: fault.family === "signature", ...weakened });
  return verdicts.filter((v) => v.status === "failed").length;
}

const weaker = (family: Family, weaken: Weaken): Family => ({
  ...family,
  *templates(action) {
    for (const draft of family.templates(action)) {
      const weak = weaken(draft);
      if (weak) yield weak;
    }
  },
});

describe("each family", () => {
  test("is in the table", () => expect(Object.keys(weakFamilies).sort()).toEqual(families.map((f) => f.id).sort()));

  test.each(Object.entries(weakFamilies))("%s", async (id, [weaken, fault]) => {
    expect(findFaults([fault])[0]?.family).toBe(id);
    expect(await caught(fault, {})).toBeGreaterThan(0);
    expect(await caught(fault, { families: families.map((f) => (f.id === id ? weaker(f, weaken) : f)) })).toBe(0);
  });
});

describe("each check", () => {
  test("is in the table", () => expect(Object.keys(weakChecks).sort()).toEqual(checks.map((c) => c.id).sort()));

  test.each(Object.entries(weakChecks))("%s", async (id, fault) => {
    // Where the output is written down, the check of the output sees what the sample would.
    const of = id === "sample" ? { specs: unwritten("aws/rekognition/CreateCollection") } : {};
    expect(await caught(fault, of)).toBeGreaterThan(0);
    const agreeing = checks.map((c) => (c.id === id ? { ...c, findings: () => [] } : c));
    expect(await caught(fault, { ...of, checks: agreeing })).toBe(0);
  });
});

describe("each proof", () => {
  test("is in the table", () => expect(Object.keys(weakProofs).sort()).toEqual(postconditions.map((p) => p.id).sort()));

  test.each(Object.entries(weakProofs))("%s", async (id, fault) => {
    expect(await caught(fault, {})).toBeGreaterThan(0);
    const agreeing = postconditions.map((p) => (p.id === id ? { ...p, applies: () => false } : p));
    expect(await caught(fault, { postconditions: agreeing })).toBe(0);
  });
});
