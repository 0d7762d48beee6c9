/** The known-failure list after a complete run: which entries stay, are narrowed, dropped or added, and that other text is unchanged. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { globMatcher } from "../../cases/glob.ts";
import { knownList } from "../../check/known-failures.ts";
import type { Finding, Status, Verdict } from "../../model/index.ts";
import { knownCollector } from "./collect.ts";
import { toEntries } from "./read.ts";
import { updateKnown } from "./update.ts";

const family = "a/b/C/boundary";
const location = "/Response/Error/Code";
const wrongCode = (actual: string): Finding => ({
  check: "code",
  level: "must",
  location,
  expected: ["TooLong"],
  actual,
});
const wrongType: Finding = {
  check: "output",
  level: "must",
  location: "/R/Items/3/Name",
  expected: 'type "string"',
  actual: "x",
};

interface Outcome {
  readonly id: string;
  readonly status: Status;
  readonly findings?: readonly Finding[];
}
const failed = (id: string, ...findings: Finding[]): Outcome => ({ id, status: "failed", findings });
const passed = (id: string): Outcome => ({ id, status: "passed" });

const verdictOf = ({ id, status, findings = [] }: Outcome, planIndex: number): Verdict => {
  const [provider, service, action, name = ""] = id.split("/");
  return {
    type: "verdict",
    planIndex,
    id,
    action: `${provider}/${service}/${action}`,
    family: name,
    status,
    level: "must",
    title: "",
    source: { doc: "d", section: "1" } as unknown as Verdict["source"],
    rule: null,
    expect: { outcome: "any" },
    actual: "",
    reason: "",
    findings,
    durationMs: 0,
    exchanges: [],
  };
};

const matcher = (glob: string) => globMatcher([glob]);
const entriesIn = (text: string) => (text === "" ? [] : toEntries(parse(text)));

/** `otherDepthIds`: ids of cases that exist only at another depth. */
function update(text: string, outcomes: readonly Outcome[], otherDepthIds: readonly string[] = []) {
  const collector = knownCollector(
    entriesIn(text).map((e) => e.case),
    matcher,
  );
  // Verdicts come in the order in which the cases finish, not in that of the plan.
  for (const [n, outcome] of [...outcomes.entries()].reverse()) collector.recordVerdict(verdictOf(outcome, n), false);
  return updateKnown({
    file: "known.yaml",
    text,
    collector,
    allCaseIds: () => [...outcomes.map((s) => s.id), ...otherDepthIds],
  });
}

const entry = (glob: string, actual: string, reason: string) => `  - case: ${glob}
    check: code
    location: ${location}
    expected: [TooLong]
    actual: ${actual}
    reason: ${reason}
`;

const list = `# yaml-language-server: $schema=known.schema.json
# The list of staging.
known:
  # About X.
${entry(`${family}/P/1@x`, "X", '"ticket 1"   # to do')}
  # Second heading.

  # About Y: see ticket 2.
${entry(`${family}/Q/**`, "Y", "ticket 2")}    expires: 2027-01-01
    # within Y
  # About Z.
  - {case: ${family}/R/1@x, check: code, location: ${location}, actual: Z, reason: ticket 3} # in braces
# The end.
`;
const asListed = [
  failed(`${family}/P/1@x`, wrongCode("X")),
  failed(`${family}/Q/1@x`, wrongCode("Y")),
  failed(`${family}/Q/2@x`, wrongCode("Y")),
  failed(`${family}/R/1@x`, wrongCode("Z")),
];
const without = (id: string) => asListed.map((s) => (s.id === id ? passed(id) : s));

describe("existing entries", () => {
  test("if all entries still apply, the text is unchanged byte for byte", () => {
    const updated = update(list, asListed);
    expect(updated.text).toBe(list);
    expect(updated.kept).toEqual([`${family}/P/1@x`, `${family}/Q/**`, `${family}/R/1@x`]);
    expect([updated.added, updated.dropped]).toEqual([[], []]);
  });

  test("an entry whose cases all pass is dropped with the comment directly above it, and nothing else", () => {
    const { text, dropped } = update(list, [...without(`${family}/Q/1@x`).filter((s) => !s.id.includes("/Q/2"))]);
    const start = list.indexOf("\n  # About Y");
    expect(text).toBe(list.slice(0, start) + list.slice(list.indexOf("  # About Z")).replace(/^/, "\n"));
    expect(dropped.map((e) => e.reason)).toEqual(["ticket 2"]);
  });

  test("a glob of which some cases pass is narrowed to the failed ones, with its reason and expiry", () => {
    const outcomes = [...asListed, passed(`${family}/Q/3@x`)];
    const { text, kept } = update(list, outcomes);
    expect(kept).toEqual([`${family}/P/1@x`, `${family}/Q/1@x`, `${family}/Q/2@x`, `${family}/R/1@x`]);
    const narrowed = entriesIn(text).filter((e) => e.case.includes("/Q/"));
    expect(narrowed.map((e) => [e.reason, e.expires])).toEqual([
      ["ticket 2", "2027-01-01"],
      ["ticket 2", "2027-01-01"],
    ]);
    expect(text.match(/About Y/g)).toHaveLength(1);
    expect(text.slice(0, text.indexOf("/Q/"))).toBe(list.slice(0, list.indexOf("/Q/")));
    expect(text.slice(text.indexOf("  # About Z"))).toBe(list.slice(list.indexOf("  # About Z")));
    expect(update(text, outcomes).text).toBe(text);
  });

  test("a case with another failure narrows the glob too, and gets an entry of its own", () => {
    const { text } = update(list, [...asListed, failed(`${family}/Q/3@x`, wrongCode("Other"))]);
    const own = entriesIn(text).filter((e) => e.case.includes("/Q/"));
    expect(own.map((e) => [e.case, e.actual])).toEqual([
      [`${family}/Q/1@x`, "Y"],
      [`${family}/Q/2@x`, "Y"],
      [`${family}/Q/3@x`, "Other"],
    ]);
  });

  test("an entry in flow style is narrowed too", () => {
    const outcomes = [failed("a/b/C/f/1@x", wrongCode("X")), passed("a/b/C/f/1@y")];
    const { text } = update(
      `known:\n  - {case: 'a/b/C/f/1', check: code, location: ${location}, actual: X, reason: r}\n`,
      outcomes,
    );
    expect(text).toBe(`known:\n  - {case: a/b/C/f/1@x, check: code, location: ${location}, actual: X, reason: r}\n`);
  });

  test("an entry for a case of another depth stays, one that matches no case is dropped", () => {
    const text = list.replaceAll("/R/1@x", "/R/1@other");
    const outcomes = asListed.slice(0, 3);
    expect(update(text, outcomes, [`${family}/R/1@other`]).text).toBe(text);
    expect(update(text, outcomes).dropped.map((e) => e.reason)).toEqual(["ticket 3"]);
  });

  test("an entry whose case got no verdict stays; one whose case was only observed is dropped", () => {
    const rest = asListed.slice(0, 3);
    expect(update(list, [...rest, { id: `${family}/R/1@x`, status: "skipped" }]).text).toBe(list);
    const observed = update(list, [...rest, { id: `${family}/R/1@x`, status: "observed" }]);
    expect(observed.dropped.map((e) => e.reason)).toEqual(["ticket 3"]);
    const both = list.replaceAll("/R/1@x", "/R/*");
    const withoutVerdict: Outcome = { id: `${family}/R/2@x`, status: "unimplemented" };
    expect(update(both, [...rest, { id: `${family}/R/1@x`, status: "observed" }, withoutVerdict]).text).toBe(both);
  });

  test("an entry between blank lines is dropped together with one of them", () => {
    const [one, two, three] = [1, 2, 3].map((n) => entry(`${family}/P/${n}@x`, "X", "t"));
    const outcomes = [
      failed(`${family}/P/1@x`, wrongCode("X")),
      passed(`${family}/P/2@x`),
      failed(`${family}/P/3@x`, wrongCode("X")),
    ];
    expect(update(`known:\n${one}\n${two}\n${three}`, outcomes).text).toBe(`known:\n${one}\n${three}`);
  });

  test("an expired entry that still fails keeps its expiry and reason", () => {
    const text = list.replace("2027-01-01", "2001-01-01");
    expect(update(text, asListed).text).toBe(text);
  });

  test("if all entries are dropped, an empty list and its comments remain", () => {
    const { text } = update(
      list,
      asListed.map((s) => passed(s.id)),
    );
    expect(parse(text)).toEqual({ known: [] });
    expect(text).toContain("# The list of staging.\nknown: []\n");
    expect(text).toContain("  # Second heading.\n");
    expect(text).toContain("# The end.\n");
    expect(
      update(
        text,
        asListed.map((s) => passed(s.id)),
      ).text,
    ).toBe(text);
  });
});

describe("failures without an entry", () => {
  const outcomes = [failed(`${family}/P/1@x`, wrongCode("X")), passed(`${family}/P/2@x`)];

  test("without a file the text of a new one is created", () => {
    const { text, added } = update("", outcomes);
    expect(added).toEqual([`${family}/P/1@x`]);
    expect(text).toBe(`# Failures that are accepted for now, each with its reason.
known:
  - case: ${family}/P/1@x
    check: code
    location: /Response/Error/Code
    expected: [TooLong]
    actual: X
    reason: '' # fill in
`);
    expect(update(text, outcomes).text).toBe(text);
  });

  test("new entries come last, in the order of the plan, and the rest is unchanged", () => {
    const { text } = update(list, [
      failed("a/b/D/f/2@x", wrongCode("X")),
      passed("a/b/D/f/0@x"),
      failed("a/b/D/f/10@x", wrongCode("X")),
      ...asListed,
    ]);
    const end = "# The end.\n";
    expect(text.startsWith(list.slice(0, -end.length))).toBe(true);
    expect(text.endsWith(`    reason: '' # fill in\n${end}`)).toBe(true);
    expect(
      entriesIn(text)
        .map((e) => e.case)
        .slice(3),
    ).toEqual(["a/b/D/f/2@x", "a/b/D/f/10@x"]);
  });

  test("one entry for each finding signature of a case", () => {
    const { text } = update("", [
      failed(`${family}/P/1@x`, wrongCode("X"), wrongType, wrongType),
      passed(`${family}/P/2@x`),
    ]);
    expect(entriesIn(text).map((e) => [e.check, e.location, e.actual])).toEqual([
      ["code", location, "X"],
      ["output", "/R/Items/*/Name", "string"],
    ]);
  });

  test("a family whose cases all fail in the same way gets one glob", () => {
    const sameFailures = [1, 2, 3].map((n) => failed(`${family}/P/${n}@x`, wrongCode("X")));
    const outcomes = [
      ...sameFailures,
      passed("a/b/C/valid/1@x"),
      { id: `${family}/P/4@x`, status: "observed" } as const,
    ];
    const { text, added } = update("", outcomes);
    expect(added).toEqual([`${family}/**`]);
    expect(update(text, outcomes).text).toBe(text);
    // Equal findings for two items of a list have the same signature.
    expect(
      update(
        "",
        [1, 2].map((n) => failed(`${family}/P/${n}@x`, wrongType, wrongType)),
      ).added,
    ).toEqual([`${family}/**`]);
  });

  test.each<[string, Outcome]>([
    ["one passes", passed(`${family}/P/3@x`)],
    ["one fails differently", failed(`${family}/P/3@x`, wrongCode("Y"))],
    ["one has a second finding", failed(`${family}/P/3@x`, wrongCode("X"), wrongType)],
  ])("no glob if %s", (_, third) => {
    const sameFailures = [1, 2].map((n) => failed(`${family}/P/${n}@x`, wrongCode("X")));
    const { added } = update("", [...sameFailures, third]);
    expect(added).not.toContain(`${family}/**`);
    expect(added.length).toBeGreaterThan(1);
  });

  test("values from responses are not written, and warnings are not failures", () => {
    const secret = { ...wrongType, actual: "hunter2 is my password" };
    const warning = { ...wrongCode("Warned"), level: "should" as const };
    const { text } = update("", [failed(`${family}/P/1@x`, secret, warning), passed(`${family}/P/2@x`)]);
    expect(text).not.toMatch(/hunter2|Warned/);
  });
});

describe("other YAML styles", () => {
  const outcomes = [
    failed(`${family}/P/1@x`, wrongCode("X")),
    failed("a/b/D/f/1@x", wrongCode("New")),
    passed("a/b/D/f/2@x"),
  ];
  const listed = { case: `${family}/P/1@x`, check: "code", location, actual: "X", reason: "ticket" };

  test.each<[string, string]>([
    ["an empty list with a comment", "known: [] # none yet\n"],
    ["an empty list over two lines", "known: [\n  # none yet\n]\n"],
    ["no newline at the end", entry(listed.case, "X", "ticket").replace(/^/, "known:\n").trimEnd()],
    ["dashes without indentation", `known:\n${entry(listed.case, "X", "ticket").replace(/^ {2}/gm, "")}`],
    ["CRLF line endings", `# head\nknown:\n${entry(listed.case, "X", "ticket")}# end\n`.replaceAll("\n", "\r\n")],
    ["JSON", JSON.stringify({ known: [listed, { ...listed, case: "a/b/removed/**" }] })],
    [
      "a list in flow style",
      `known: [{case: ${listed.case}, check: code, location: ${location}, actual: X, reason: r}] # all\n`,
    ],
    ["anchors", `known:\n${entry("a/b/removed/**", "X", "&r ticket")}${entry(listed.case, "X", "*r")}`],
    ["a dash on its own line", `known:\n  -\n    ${entry(listed.case, "X", "ticket").slice(4)}`],
    ["a folded reason", `known:\n${entry(listed.case, "X", ">-\n      # no comment\n      but text")}`],
    ["a folded case", `known:\n${entry(`>-\n      ${family}/P`, "X", "ticket")}`],
  ])("%s", (_, text) => {
    const withPassed = [...outcomes, passed(`${family}/P/2@x`)];
    const updated = update(text, withPassed);
    const [first, last] = [entriesIn(updated.text)[0], entriesIn(updated.text).at(-1)];
    expect(first?.case).toBe(listed.case);
    if (!text.startsWith("known: [] ") && !text.includes("none yet")) expect(first?.reason).not.toBe("");
    expect(last).toMatchObject({ case: "a/b/D/f/1@x", actual: "New", reason: "" });
    for (const comment of text.match(/(?<=# ?)(?:none yet|head|end|all)/g) ?? [])
      expect(updated.text).toContain(comment);
    if (text.includes("\r\n")) expect(updated.text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(update(updated.text, withPassed).text).toBe(updated.text);
  });

  test("codes that look like other YAML values are read back as the same strings", () => {
    for (const code of ["60007", "null", "a: b", "#x", "", "x\ny", "\u0085\u202e\ud800é\u007f", "'", "-", "1e3"]) {
      const outcomes = [failed(`${family}/P/1@x`, wrongCode(code)), passed(`${family}/P/2@x`)];
      const { text } = update("", outcomes);
      expect((parse(text) as { known: { actual: unknown }[] }).known[0]?.actual).toBe(code);
      expect(text).toMatch(/^[\n -~]*$/);
      expect(update(text, outcomes).text).toBe(text);
    }
  });
});

const ids = ["f", "g"].flatMap((f) => ["P/1@x", "P/1@y", "P/2@x", "Q/1@x"].map((place) => `a/b/C/${f}/${place}`));
const anyOutcomes = fc.tuple(
  ...ids.map((id) =>
    fc.record({
      id: fc.constant(id),
      status: fc.constantFrom<Status>("passed", "failed", "failed", "known", "observed", "skipped"),
      findings: fc.subarray([wrongCode("X"), wrongCode("Y"), wrongType], { minLength: 1 }),
    }),
  ),
);
const anyGlob = fc.constantFrom(...ids, "a/b/C/f/**", "a/b/C/*/P/*", "a/b/C/g", "a/b/C/f/P/1", "z/**", "a/b/deep/**");
const anyText = fc
  .array(
    fc.tuple(anyGlob, fc.constantFrom("X", "Y"), fc.constantFrom("", "  # note\n", "\n", "\n  # head\n\n  # note\n")),
  )
  .map((rows) =>
    rows.length === 0
      ? "known: []\n"
      : `# top\nknown:\n${rows.map(([glob, actual, above], i) => above + entry(glob, actual, `ticket ${i}`)).join("")}# end\n`,
  );

test("after an update the same run has no unlisted failure and no stale entry; a second update changes nothing", () => {
  fc.assert(
    fc.property(anyText, anyOutcomes, (text, drawn) => {
      const outcomes = drawn.map((s) => (s.status === "failed" || s.status === "known" ? s : { ...s, findings: [] }));
      const otherDepthIds = ["a/b/deep/f/1@x"];
      const updated = update(text, outcomes, otherDepthIds);
      const known = knownList(entriesIn(updated.text), matcher, 0, () => [...ids, ...otherDepthIds]);
      for (const { id, status, findings } of outcomes) {
        if (status === "failed" || status === "known") expect(known.covers(id, findings)).toBe(true);
        known.recordVerdict(id, findings, status);
      }
      expect(known.stale(true)).toEqual([]);
      const reasons = new Map(entriesIn(text).map((e) => [e.reason, e]));
      for (const e of entriesIn(updated.text))
        if (e.reason !== "") expect(reasons.get(e.reason)?.actual).toBe(e.actual);
      expect(update(updated.text, outcomes, otherDepthIds).text).toBe(updated.text);
    }),
    { seed: 1, numRuns: 300 },
  );
});
