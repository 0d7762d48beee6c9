/** Lines printed for a verdict during a run: short and few for each cause; complete with `verbose`. */
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

describe("without verbose", () => {
  test("the case, the first finding, the source, the rerun command", () => {
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

  test("a case without a verdict is printed with status and reason; passed and skipped ones are not", () => {
    const report = createLiveReporter(options);
    const printed = STATUSES.map((status, n) =>
      report(verdictOf(n, status, { reason: `reason of ${status}` })).split("\n"),
    );
    expect(printed.map(([first]) => first?.split(" ")[0]).filter(Boolean)).toEqual([
      "failed",
      "indeterminate",
      "errored",
    ]);
    expect(printed[STATUSES.indexOf("errored")]?.[1]).toBe("  reason of errored");
    // Another run of an indeterminate case rarely leads to a verdict.
    const reruns = printed.flatMap((lines, n) =>
      lines.some((line) => line.startsWith("  rerun: ")) ? [STATUSES[n]] : [],
    );
    expect(reruns).toEqual(["failed", "errored"]);
  });

  test("three cases of a cause, then one line, then nothing; another cause is printed as usual", () => {
    const report = createLiveReporter(options);
    const printed = Array.from({ length: 10 }, (_, n) => report(failedVerdict(n, "X")));
    expect(printed.slice(0, 3).every((text) => text.startsWith("failed"))).toBe(true);
    expect(printed.slice(3)).toEqual([
      `further cases with the same cause as ${id(0)} are counted, not printed\n`,
      ...Array.from({ length: 6 }, () => ""),
    ]);
    expect(report(failedVerdict(10, "Y"))).toMatch(/^failed .*case-10/);
  });

  test("fifty causes, then one line, then nothing; further cases of a printed cause are still printed", () => {
    const report = createLiveReporter(options);
    const printed = Array.from({ length: 60 }, (_, n) => report(failedVerdict(n, `Code${n}`)));
    expect(printed.slice(0, 50).every((text) => text.startsWith("failed"))).toBe(true);
    expect(printed[50]).toMatch(/^50 causes .*\n$/);
    expect(printed.slice(51).join("")).toBe("");
    expect(report(failedVerdict(60, "Code7"))).toMatch(/^failed .*case-60/);
  });

  test("a warning is printed where it fails the run", () => {
    const verdict = verdictOf(0, "passed", { findings: [finding("X", "should")] });
    expect(createLiveReporter(options)(verdict)).toBe("");
    const strict = createLiveReporter({ ...options, strict: true });
    expect(strict(verdict)).toMatch(/^warning .*case-0.*\n {2}code: .* should be A/);
    expect(strict(verdictOf(1, "passed"))).toBe("");
  });

  test("hostile text stays on its line", () => {
    const printed = createLiveReporter(options)(
      verdictOf(0, "failed", {
        findings: [{ ...finding(hostile("ACTUAL")), location: hostile("AT") }],
        actual: hostile("S"),
      }),
    );
    expect(printed.split("\n")).toHaveLength(5);
    expect(printed).toContain("ACTUAL");
    expect(printed).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("with verbose", () => {
  const verbose = { ...options, verbose: true };

  test("each case that did not pass, without a limit for a cause", () => {
    const report = createLiveReporter(verbose);
    const printed = STATUSES.map((status, n) => report(verdictOf(n, status)).split(" ")[0]);
    expect(printed).toEqual(["", ...STATUSES.slice(1)]);
    for (let n = 0; n < 100; n++) expect(report(failedVerdict(n, "X"))).toMatch(/^failed/);
  });

  test("all findings, then control, calls before, judged call and probes, each with request and response", () => {
    const exchanges = (["setup", "control", "before", "judged", "probe"] as const).map(exchange);
    const printed = createLiveReporter(verbose)(
      verdictOf(0, "failed", { findings: [finding("X"), finding("Y")], exchanges }),
    );
    expect(printed).toMatch(/but is "X"\.\n.*but is "Y"\./);
    expect([...printed.matchAll(/^--- (\w+) p\/s\/Act/gm)].map(([, role]) => role)).toEqual([
      "control",
      "before",
      "judged",
      "probe",
    ]);
    expect(printed).toMatch(/POST http:\/\/h\/judged\n[\s\S]*answer of judged\n/);
  });

  test("without a judged call, the last call that was sent", () => {
    const exchanges = (["setup", "before"] as const).map(exchange);
    const printed = createLiveReporter(verbose)(verdictOf(0, "indeterminate", { exchanges }));
    expect([...printed.matchAll(/^--- (\w+) p\/s\/Act/gm)].map(([, role]) => role)).toEqual(["before"]);
  });
});

test("only the status has a colour", () => {
  const [plain, coloured] = [false, true].map((colour) =>
    createLiveReporter({ ...options, colour })(failedVerdict(0, "X")),
  );
  expect(coloured).not.toBe(plain);
  expect(coloured?.split("\n").slice(1)).toEqual(plain?.split("\n").slice(1));
});
