/** What is told of a verdict as it comes: short, few of a cause, and all of it where that is asked for. */
import { describe, expect, test } from "vitest";
import type { ExchangeRole, Finding, Header, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { hostile, verdictOf } from "../testing/laws.ts";
import { createLiveReporter } from "./live.ts";

const header = { rerun: "assay run --select {id} --verbose" } as Header;
const options = { header, strict: false, verbose: false, colour: false };

const finding = (code: string, level: Finding["level"] = "must"): Finding => ({
  check: "code",
  level,
  location: "/Code",
  expected: ["A"],
  actual: code,
});
const failedVerdict = (n: number, code: string): Verdict =>
  verdictOf(n, "failed", { findings: [finding(code)], actual: code });
const id = (n: number) => `p/s/Act/valid/case-${n}@tc3-post`;

const exchange = (role: ExchangeRole): RecordedExchange => ({
  role,
  action: "p/s/Act",
  request: { method: "POST", url: `http://h/${role}`, headers: [], body: { text: "", bytes: 0 } },
  response: { status: 200, headers: [], body: { text: `answer of ${role}`, bytes: 1 } },
  durationMs: 1,
});

describe("briefly", () => {
  test("the case, the first sentence, the place in the document, the command", () => {
    const report = createLiveReporter(options);
    const verdict = verdictOf(0, "failed", { findings: [finding("X"), finding("Y")] });
    expect(report(verdict).split("\n")).toEqual([
      `failed ${id(0)}`,
      '  code: /Code must be A, but is "X".',
      "  and 1 more finding",
      "  page.txt, section 2",
      `  rerun: assay run --select ${id(0)} --verbose`,
      "",
    ]);
  });

  test("what came to no verdict is told with its word and its reason; the rest is not told", () => {
    const report = createLiveReporter(options);
    const told = STATUSES.map((status, n) => report(verdictOf(n, status, { reason: `since ${status}` })).split("\n"));
    expect(told.map(([first]) => first?.split(" ")[0]).filter(Boolean)).toEqual(["failed", "indeterminate", "errored"]);
    expect(told[STATUSES.indexOf("errored")]?.[1]).toBe("  since errored");
    // What came to no verdict is rarely mended by asking for it once more.
    const reruns = told.flatMap((lines, n) =>
      lines.some((line) => line.startsWith("  rerun: ")) ? [STATUSES[n]] : [],
    );
    expect(reruns).toEqual(["failed", "errored"]);
  });

  test("three of a cause, then one line, then none; another cause is told as ever", () => {
    const report = createLiveReporter(options);
    const told = Array.from({ length: 10 }, (_, n) => report(failedVerdict(n, "X")));
    expect(told.slice(0, 3).every((text) => text.startsWith("failed"))).toBe(true);
    expect(told.slice(3)).toEqual([
      `further cases of the cause of ${id(0)} are counted, not printed\n`,
      ...Array.from({ length: 6 }, () => ""),
    ]);
    expect(report(failedVerdict(10, "Y"))).toMatch(/^failed .*case-10/);
  });

  test("fifty causes, then one line, then none; those that were told go on being counted", () => {
    const report = createLiveReporter(options);
    const told = Array.from({ length: 60 }, (_, n) => report(failedVerdict(n, `Code${n}`)));
    expect(told.slice(0, 50).every((text) => text.startsWith("failed"))).toBe(true);
    expect(told[50]).toMatch(/^50 causes .*\n$/);
    expect(told.slice(51).join("")).toBe("");
    expect(report(failedVerdict(60, "Code7"))).toMatch(/^failed .*case-60/);
  });

  test("a warning is told where it fails the run", () => {
    const verdict = verdictOf(0, "passed", { findings: [finding("X", "should")] });
    expect(createLiveReporter(options)(verdict)).toBe("");
    const strict = createLiveReporter({ ...options, strict: true });
    expect(strict(verdict)).toMatch(/^warning .*case-0.*\n {2}code: .* should be A/);
    expect(strict(verdictOf(1, "passed"))).toBe("");
  });

  test("hostile text stays in its line", () => {
    const told = createLiveReporter(options)(
      verdictOf(0, "failed", {
        findings: [{ ...finding(hostile("ACTUAL")), location: hostile("AT") }],
        actual: hostile("S"),
      }),
    );
    expect(told.split("\n")).toHaveLength(5);
    expect(told).toContain("ACTUAL");
    expect(told).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("verbosely", () => {
  const verbose = { ...options, verbose: true };

  test("everything that did not pass, however many of a cause", () => {
    const report = createLiveReporter(verbose);
    const told = STATUSES.map((status, n) => report(verdictOf(n, status)).split(" ")[0]);
    expect(told).toEqual(["", ...STATUSES.slice(1)]);
    for (let n = 0; n < 100; n++) expect(report(failedVerdict(n, "X"))).toMatch(/^failed/);
  });

  test("all sentences, then what was accepted, judged and looked at, request and answer", () => {
    const exchanges = (["setup", "control", "before", "judged", "probe"] as const).map(exchange);
    const told = createLiveReporter(verbose)(
      verdictOf(0, "failed", { findings: [finding("X"), finding("Y")], exchanges }),
    );
    expect(told).toMatch(/but is "X"\.\n.*but is "Y"\./);
    expect([...told.matchAll(/^--- (\w+) p\/s\/Act/gm)].map(([, role]) => role)).toEqual([
      "control",
      "before",
      "judged",
      "probe",
    ]);
    expect(told).toMatch(/POST http:\/\/h\/judged\n[\s\S]*answer of judged\n/);
  });

  test("where it came to no judged call, the last that was sent", () => {
    const exchanges = (["setup", "before"] as const).map(exchange);
    const told = createLiveReporter(verbose)(verdictOf(0, "indeterminate", { exchanges }));
    expect([...told.matchAll(/^--- (\w+) p\/s\/Act/gm)].map(([, role]) => role)).toEqual(["before"]);
  });
});

test("colour is a matter of the word alone", () => {
  const [plain, coloured] = [false, true].map((colour) =>
    createLiveReporter({ ...options, colour })(failedVerdict(0, "X")),
  );
  expect(coloured).not.toBe(plain);
  expect(coloured?.split("\n").slice(1)).toEqual(plain?.split("\n").slice(1));
});
