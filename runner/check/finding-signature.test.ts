/** What identifies a finding: codes as they are, every other value by its type, list items by no index. */
import { describe, expect, test } from "vitest";
import { causeKey } from "../../reports/summary/cause.ts";
import { verdictOf } from "../../reports/testing/laws.ts";
import type { Finding, KnownFailure } from "../model/index.ts";
import { findingSignature, matchesSignature, signatureKey } from "./finding-signature.ts";
import { knownList } from "./known-failures.ts";

const finding: Finding = { check: "code", level: "must", location: "/Code", expected: ["A", "B"], actual: "C" };

describe("a signature", () => {
  test("of a code has the codes that were expected and the one that was seen", () => {
    expect(findingSignature(finding)).toEqual({
      check: "code",
      location: "/Code",
      expected: ["A", "B"],
      actual: "C",
    });
    expect(findingSignature({ ...finding, check: "outcome", expected: "success" }).expected).toEqual(["success"]);
    expect(findingSignature({ ...finding, check: "equivalence", expected: "A" })).toMatchObject({
      expected: ["A"],
      actual: "C",
    });
  });

  test.each<[Finding["actual"], string]>([
    ["secret-value", "string"],
    ["absent", "absent"],
    ["empty string", "empty string"],
    [null, "null"],
    [[1], "array"],
    [{ a: 1 }, "object"],
    [7, "number"],
    [true, "boolean"],
  ])("of the value %o has its type alone", (actual, type) => {
    expect(findingSignature({ ...finding, check: "output", actual })).toMatchObject({ expected: [], actual: type });
  });

  test.each([
    ["/Items/0/Id", "/Items/*/Id"],
    ["/Items/12", "/Items/*"],
    ["/Items/1st/0/0", "/Items/1st/*/*"],
    ["/Sha256", "/Sha256"],
    ["header:content-type", "header:content-type"],
  ])("has no list index: %s", (location, expected) => {
    expect(findingSignature({ ...finding, location }).location).toBe(expected);
  });
});

/** Kinds of findings for which known failures and reports must use the same signature. */
const findings: readonly Finding[] = [
  finding,
  { check: "output", level: "must", location: "/List/3/Name", expected: "string", actual: [1, 2] },
  { check: "output", level: "must", location: "/List", expected: "array", actual: { a: 1 } },
  { check: "items", level: "must", location: "/Result/0", expected: "a result", actual: "absent" },
  { check: "equivalence", level: "must", location: "/Code", expected: "success", actual: "InternalError" },
];

test.each(findings)("a cause of a report and a known failure have the same key: $check at $location", (finding) => {
  const verdict = verdictOf(0, "failed", { findings: [finding] });
  const [signature] = causeKey(verdict)?.findings ?? [];
  if (signature === undefined) throw new Error("no cause");
  expect(signatureKey(signature)).toBe(signatureKey(findingSignature(finding)));
  const entry: KnownFailure = { case: verdict.id, ...signature, reason: "as the report says" };
  expect(matchesSignature(entry, findingSignature(finding))).toBe(true);
  expect(knownList([entry], (glob) => (id) => id === glob).covers(verdict.id, [finding])).toBe(true);
  const elsewhere = { ...finding, location: `${finding.location}/Other` };
  expect(knownList([entry], (glob) => (id) => id === glob).covers(verdict.id, [elsewhere])).toBe(false);
});
