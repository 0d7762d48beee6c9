/** junit.xml as CI reads it: valid, and the same facts after parsing. */
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

const whole = readRecording(file("../testing/golden/run.ndjson"));
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

/** Renders, validates, parses, and holds every count against the elements that it counts; the root has none. */
function readBack(recording: Recording) {
  const text = textOf(junitReport, recording);
  validate(text);
  const root = parse(text);
  const count = (suites: Suite[]) => {
    const cases = suites.flatMap((suite) => suite.testcase);
    return {
      tests: String(cases.length),
      failures: String(cases.filter((one) => one.failure !== undefined).length),
      errors: String(cases.filter((one) => one.error !== undefined).length),
      skipped: String(cases.filter((one) => one.skipped !== undefined).length),
    };
  };
  for (const counted of ["tests", "failures", "errors", "skipped"]) expect(root).not.toHaveProperty(counted);
  for (const suite of root.testsuite) expect(suite).toMatchObject(count([suite]));
  return root;
}

describe("the golden run", () => {
  const root = readBack(whole);
  test("has one suite an action in plan order, then the run's own", () => {
    expect(root.testsuite.map((suite) => suite.name)).toEqual([...whole.actions, "assay/run"]);
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
  test("turns each status into its element, cases in plan order", () => {
    const elementTypes = root.testsuite
      .slice(0, -1)
      .flatMap((suite) =>
        suite.testcase.map(
          (one) => one.failure?.type ?? one.error?.type ?? one.skipped?.message.split(":")[0] ?? "passed",
        ),
      );
    const expected = [...whole.verdicts()].map(({ status, findings }) =>
      status === "failed" ? findings[0]?.check : status,
    );
    expect(elementTypes).toEqual(expected);
  });
  test("tells of a failure its document, findings and rerun command, and shows the exchange", () => {
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
      "seen: InternalError",
    ]) {
      expect(failed?.failure?.["#text"]).toContain(part);
    }
    expect(failed?.["system-out"]).toContain("<b>␀ & 'quoted' ]]> ␛[31mred😀�");
  });
  test("keeps the warnings and the document of a passed case, and what was seen of an observed one", () => {
    const [, warned, , , observed] = root.testsuite[0]?.testcase ?? [];
    expect(warned?.["system-out"]).toMatch(/^document: 001_.*, sample 1\nwarning: unknown-member: /);
    expect(observed?.skipped?.message).toBe("observed: success");
  });
  test("tells of stale known failures as failures, and of trouble beside them", () => {
    const own = root.testsuite.at(-1);
    expect(own?.testcase.map((one) => one.failure?.type)).toEqual(["stale"]);
    expect(own?.["system-err"]).toContain("clean-up of group");
  });
});

describe("a run that broke off", () => {
  test.each([
    ["with verdicts", [...whole.verdicts()]],
    ["without", []],
  ])("%s is valid and holds an error that says so", (_, verdicts) => {
    const root = readBack(recordingInMemory(whole.header, verdicts, null));
    const own = root.testsuite.at(-1);
    expect(own?.testcase.map((one) => one.error?.type)).toEqual(["broken-off"]);
    expect(own?.properties.property).toContainEqual({ name: "planned", value: "unknown" });
  });
});

test("a run with nothing to say of itself has the suites of its actions alone", () => {
  const verdicts = STATUSES.map((status, n) => verdictOf(n, status));
  const root = readBack(recordingInMemory(whole.header, verdicts, footerOf(verdicts)));
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
  const read = (more: Partial<Header>) =>
    readBack(recordingInMemory({ ...whole.header, ...more }, verdicts, footerOf(verdicts, { warnings: 2 })))
      .testsuite[0];

  test("is a failure where warnings fail the run, and says that it is a warning", () => {
    const suite = read({ strict: true });
    expect(suite).toMatchObject({ tests: "3", failures: "2" });
    const [warned, passed, failed] = suite?.testcase ?? [];
    expect(warned?.failure).toMatchObject({ type: "code", message: 'warning: code: /Code should be A, but is "B".' });
    expect(warned?.failure?.["#text"]).toMatch(
      /\nwarning: code: \/Code should .*\nwarning: code: \/Other should .*\nrerun: /,
    );
    expect(warned?.["system-out"]).toContain("😀 ANSWER");
    expect(passed?.failure).toBeUndefined();
    expect(failed?.failure?.message).toBe('code: /Code must be A, but is "B".');
    expect(failed?.failure?.["#text"]).not.toContain("warning");
  });

  test("is a passed one elsewhere", () => {
    const suite = read({});
    expect(suite).toMatchObject({ tests: "3", failures: "1" });
    expect(suite?.testcase.map((one) => one.failure !== undefined)).toEqual([false, false, true]);
  });
});

test.each([
  ["success", "no page speaks of it", "observed: success; no page speaks of it"],
  ["success", "", "observed: success"],
  ["", "no page speaks of it", "observed: no page speaks of it"],
])("of an observed case the sight %o and the reason %o are told apart", (actual, reason, message) => {
  const verdicts = [verdictOf(0, "observed", { actual, reason })];
  const root = readBack(recordingInMemory(whole.header, verdicts, footerOf(verdicts)));
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
  ])("of %s comes back", (mark) => {
    expect(allText).toContain(`😀 ${mark}`);
  });
  test("comes back to the letter where it is text", () => {
    const out = root.testsuite[0]?.testcase[STATUSES.indexOf("failed")]?.["system-out"];
    // Carriage returns are references in the file, which a conforming parser turns back.
    expect(out).toContain(showControls(hostileExchange.request.body.text.slice(0, 3000)));
    expect(out).toContain("(the body has 20000 bytes; see the log)");
  });
  test("attributes that look like booleans keep their values", () => {
    expect(root.testsuite[0]?.properties.property).toContainEqual({ name: "run", value: "true" });
  });
});

test("the schema refuses what CI would not read", () => {
  const good = textOf(junitReport, whole);
  validate(good);
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
    expect(good, String(part)).toMatch(part);
    expect(() => validate(good.replace(part, instead)), String(part)).toThrow();
  }
});
