/** junit.xml as CI tools read it: valid, and with the same facts after parsing. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XMLParser } from "fast-xml-parser";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, describe, expect, test } from "vitest";
import { readRecording, recordingInMemory } from "../../runner/log/reader.ts";
import type { Finding, Header, Recording } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { textOf } from "../report.ts";
import { footerOf, hostileExchange, hostileRecording, verdictOf } from "../testing/laws.ts";
import { showControls } from "../text/visible-text.ts";
import { junitReport } from "./junit.ts";

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const goldenRun = readRecording(file("../testing/golden/run.ndjson"));
const schemaDocument = XmlDocument.fromString(readFileSync(file("junit.xsd"), "utf8"));
const validator = XsdValidator.fromDoc(schemaDocument);
afterAll(() => {
  validator.dispose();
  schemaDocument.dispose();
});

function validate(text: string): void {
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
  }
}

interface Case {
  name: string;
  classname: string;
  time: string;
  failure?: { type: string; message: string; "#text": string };
  error?: { type: string; message: string; "#text": string };
  skipped?: { message: string };
  "system-out"?: string;
}
interface Suite {
  name: string;
  tests: string;
  failures: string;
  errors: string;
  skipped: string;
  time: string;
  timestamp: string;
  properties: { property: { name: string; value: string }[] };
  testcase: Case[];
  "system-err"?: string;
}

function parse(text: string): Omit<Suite, "testcase"> & { testsuite: Suite[] } {
  const lists = new Set(["testsuite", "testcase", "property"]);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => lists.has(name),
  });
  const { testsuites } = parser.parse(text) as { testsuites: ReturnType<typeof parse> };
  for (const suite of testsuites.testsuite) suite.testcase ??= [];
  return testsuites;
}

/** Renders, validates and parses a recording; compares the counts of each suite with its elements. The root has no counts. */
function readBack(recording: Recording) {
  const text = textOf(junitReport, recording);
  validate(text);
  const root = parse(text);
  const count = (suites: Suite[]) => {
    const cases = suites.flatMap((suite) => suite.testcase);
    return {
      tests: String(cases.length),
      failures: String(cases.filter((testcase) => testcase.failure !== undefined).length),
      errors: String(cases.filter((testcase) => testcase.error !== undefined).length),
      skipped: String(cases.filter((testcase) => testcase.skipped !== undefined).length),
    };
  };
  for (const attribute of ["tests", "failures", "errors", "skipped"]) expect(root).not.toHaveProperty(attribute);
  for (const suite of root.testsuite) expect(suite).toMatchObject(count([suite]));
  return root;
}

describe("the golden run", () => {
  const root = readBack(goldenRun);
  test("has one suite for each action in plan order, then the suite of the run", () => {
    expect(root.testsuite.map((suite) => suite.name)).toEqual([...goldenRun.actions, "assay/run"]);
    expect(root.testsuite[0]).toMatchObject({
      id: "0",
      timestamp: "2026-11-21T07:14:14",
      time: "0.023",
    });
    for (const suite of root.testsuite) {
      const facts = Object.fromEntries(suite.properties.property.map(({ name, value }) => [name, value]));
      expect(facts).toMatchObject({ seed: "7", target: "emulator", run: "k3v9q2", depth: "standard", planned: "14" });
    }
  });
  test("writes the element for each status, cases in plan order", () => {
    const elementTypes = root.testsuite
      .slice(0, -1)
      .flatMap((suite) =>
        suite.testcase.map(
          (testcase) =>
            testcase.failure?.type ?? testcase.error?.type ?? testcase.skipped?.message.split(":")[0] ?? "passed",
        ),
      );
    const expected = [...goldenRun.verdicts()].map(({ status, findings }) =>
      status === "failed" ? findings[0]?.check : status,
    );
    expect(elementTypes).toEqual(expected);
  });
  test("has for a failure the source, findings, rerun command and exchange", () => {
    const failed = root.testsuite[0]?.testcase[2];
    expect(failed).toMatchObject({ classname: "tencent.iai.CreateGroup", time: "0.004" });
    expect(failed?.name).toBe(
      "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post: GroupId of 65 bytes is refused",
    );
    for (const part of [
      "001_20674b39956d1a4c.txt, section 2, row GroupId",
      "must be",
      "rule: tencent/iai/CreateGroup/rule/GroupId/x-maxBytes\n",
      "rerun: npx assay run",
      "actual: InternalError",
    ]) {
      expect(failed?.failure?.["#text"]).toContain(part);
    }
    expect(failed?.["system-out"]).toContain("<b>␀ & 'quoted' ]]> ␛[31mred😀�");
  });
  test("keeps the warnings and the source of a passed case, and the actual outcome of an observed one", () => {
    const [, warned, , , observed] = root.testsuite[0]?.testcase ?? [];
    expect(warned?.["system-out"]).toMatch(/^document: 001_.*, sample 1\nwarning: unknown-member: /);
    expect(observed?.skipped?.message).toBe("observed: success");
  });
  test("has stale known failures as failures, and problems of the run in system-err", () => {
    const runSuite = root.testsuite.at(-1);
    expect(runSuite?.testcase.map((testcase) => testcase.failure?.type)).toEqual(["stale"]);
    expect(runSuite?.["system-err"]).toContain("clean-up of group");
  });
});

describe("a run that broke off", () => {
  test.each([
    ["with verdicts", [...goldenRun.verdicts()]],
    ["without verdicts", []],
  ])("%s is valid and has one error of the type broken-off", (_, verdicts) => {
    const root = readBack(recordingInMemory(goldenRun.header, verdicts, null));
    const runSuite = root.testsuite.at(-1);
    expect(runSuite?.testcase.map((testcase) => testcase.error?.type)).toEqual(["broken-off"]);
    expect(runSuite?.properties.property).toContainEqual({ name: "planned", value: "unknown" });
  });
});

test("a run without remarks has only the suites of its actions", () => {
  const verdicts = STATUSES.map((status, n) => verdictOf(n, status));
  const root = readBack(recordingInMemory(goldenRun.header, verdicts, footerOf(verdicts)));
  expect(root.testsuite.map((suite) => suite.name)).toEqual(["p/s/Act"]);
  expect(root.testsuite[0]).toMatchObject({ tests: "8", failures: "1", errors: "2", skipped: "4" });
});

describe("a passed case with warnings", () => {
  const finding: Finding = { check: "code", level: "should", location: "/Code", expected: ["A"], actual: "B" };
  const verdicts = [
    verdictOf(0, "passed", { findings: [finding, { ...finding, location: "/Other" }], exchanges: [hostileExchange] }),
    verdictOf(1, "passed"),
    verdictOf(2, "failed", { findings: [{ ...finding, level: "must" }, finding] }),
  ];
  const readSuite = (overrides: Partial<Header>) =>
    readBack(recordingInMemory({ ...goldenRun.header, ...overrides }, verdicts, footerOf(verdicts, { warnings: 2 })))
      .testsuite[0];

  test("is a failure in a strict run, with a message that says it is a warning", () => {
    const suite = readSuite({ strict: true });
    expect(suite).toMatchObject({ tests: "3", failures: "2" });
    const [warned, passed, failed] = suite?.testcase ?? [];
    expect(warned?.failure).toMatchObject({
      type: "code",
      message: 'warning: code: /Code should be A (inferred: no document states the code), but is "B".',
    });
    expect(warned?.failure?.["#text"]).toMatch(
      /\nwarning: code: \/Code should .*\nwarning: code: \/Other should .*\nrerun: /,
    );
    expect(warned?.["system-out"]).toContain("😀 ANSWER");
    expect(passed?.failure).toBeUndefined();
    expect(failed?.failure?.message).toBe('code: /Code must be A, but is "B".');
    expect(failed?.failure?.["#text"]).not.toContain("warning");
  });

  test("is a passed one in a run that is not strict", () => {
    const suite = readSuite({});
    expect(suite).toMatchObject({ tests: "3", failures: "1" });
    expect(suite?.testcase.map((testcase) => testcase.failure !== undefined)).toEqual([false, false, true]);
  });
});

test.each([
  ["success", "no page mentions it", "observed: success; no page mentions it"],
  ["success", "", "observed: success"],
  ["", "no page mentions it", "observed: no page mentions it"],
])("the message of an observed case has its outcome %o and its reason %o", (actual, reason, message) => {
  const verdicts = [verdictOf(0, "observed", { actual, reason })];
  const root = readBack(recordingInMemory(goldenRun.header, verdicts, footerOf(verdicts)));
  expect(root.testsuite[0]?.testcase[0]?.skipped?.message).toBe(message);
});

describe("hostile text", () => {
  const root = readBack(hostileRecording({ run: "true", started: "2026-13-99T99:99:99Z" }));
  const allText = JSON.stringify(root);

  test.each([
    "TITLE",
    "SEEN",
    "REASON",
    "CHECK",
    "AT",
    "EXPECTED",
    "ACTUAL",
    "ACTION",
    "METHOD",
    "URL",
    "NAME",
    "VALUE",
    "V2",
    "BODY",
    "ANSWER",
    "RULE",
    "DETAIL",
    "STALE",
    "TROUBLE",
    "TARGET",
  ])("%s is in the parsed file", (mark) => {
    expect(allText).toContain(`😀 ${mark}`);
  });
  test("is unchanged after parsing where it is text", () => {
    const out = root.testsuite[0]?.testcase[STATUSES.indexOf("failed")]?.["system-out"];
    // The file has carriage returns as character references, which a conforming parser decodes.
    expect(out).toContain(showControls(hostileExchange.request.body.text.slice(0, 3000)));
    expect(out).toContain("(the body has 20000 bytes; see the log)");
  });
  test("attributes that look like booleans keep their values", () => {
    expect(root.testsuite[0]?.properties.property).toContainEqual({ name: "run", value: "true" });
  });
});

test("the schema rejects files that CI tools would not read", () => {
  const valid = textOf(junitReport, goldenRun);
  validate(valid);
  const invalidations: [RegExp, string][] = [
    [/<failure type="[^"]*"/, "<failure"],
    [/classname="[^"]*"/, ""],
    [/ tests="\d+"/g, ' tests="many"'],
    [/time="0\.004"/, 'time="4 ms"'],
    [/<skipped /, "<ignored "],
    [/timestamp="[^"]*"/, 'timestamp="yesterday"'],
    [/(<properties>[\s\S]*?<\/properties>\n)(<testcase[\s\S]*?<\/testcase>\n)/, "$2$1"],
  ];
  for (const [part, instead] of invalidations) {
    expect(valid, String(part)).toMatch(part);
    expect(() => validate(valid.replace(part, instead)), String(part)).toThrow();
  }
});
