/** The list of known failures after a whole run: what stays is as it was, what is new waits for its reason. */
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
const at = "/Response/Error/Code";
const wrong = (actual: string): Finding => ({
  check: "code",
  level: "must",
  location: at,
  expected: ["TooLong"],
  actual,
});
const shape: Finding = {
  check: "output",
  level: "must",
  location: "/R/Items/3/Name",
  expected: 'type "string"',
  actual: "x",
};

interface Seen {
  readonly id: string;
  readonly status: Status;
  readonly findings?: readonly Finding[];
}
const failed = (id: string, ...findings: Finding[]): Seen => ({ id, status: "failed", findings });
const passed = (id: string): Seen => ({ id, status: "passed" });

const verdictOf = ({ id, status, findings = [] }: Seen, planIndex: number): Verdict => {
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

function update(text: string, seen: readonly Seen[], elsewhere: readonly string[] = []) {
  const judged = knownCollector(
    entriesIn(text).map((e) => e.case),
    matcher,
  );
  // They come as they are done, not as they are planned.
  for (const [n, one] of [...seen.entries()].reverse()) judged.recordVerdict(verdictOf(one, n), false);
  return updateKnown({ file: "known.yaml", text, judged, allCaseIds: () => [...seen.map((s) => s.id), ...elsewhere] });
}

const entry = (glob: string, actual: string, reason: string) => `  - case: ${glob}
    check: code
    location: ${at}
    expected: [TooLong]
    actual: ${actual}
    reason: ${reason}
`;

const list = `# yaml-language-server: $schema=known.schema.json
# The list of staging.
known:
  # About X.
${entry(`${family}/P/1@x`, "X", '"ticket 1"   # open')}
  # Second heading.

  # About Y: see ticket 2.
${entry(`${family}/Q/**`, "Y", "ticket 2")}    expires: 2027-01-01
    # within Y
  # About Z.
  - {case: ${family}/R/1@x, check: code, location: ${at}, actual: Z, reason: ticket 3} # in braces
# The end.
`;
const asListed = [
  failed(`${family}/P/1@x`, wrong("X")),
  failed(`${family}/Q/1@x`, wrong("Y")),
  failed(`${family}/Q/2@x`, wrong("Y")),
  failed(`${family}/R/1@x`, wrong("Z")),
];
const without = (id: string) => asListed.map((s) => (s.id === id ? passed(id) : s));

describe("entries that are there", () => {
  test("nothing changed: the text is the same to the byte", () => {
    const updated = update(list, asListed);
    expect(updated.text).toBe(list);
    expect(updated.kept).toEqual([`${family}/P/1@x`, `${family}/Q/**`, `${family}/R/1@x`]);
    expect([updated.added, updated.dropped]).toEqual([[], []]);
  });

  test("one whose cases all pass goes with the comment right above it, and nothing else does", () => {
    const { text, dropped } = update(list, [...without(`${family}/Q/1@x`).filter((s) => !s.id.includes("/Q/2"))]);
    const start = list.indexOf("\n  # About Y");
    expect(text).toBe(list.slice(0, start) + list.slice(list.indexOf("  # About Z")).replace(/^/, "\n"));
    expect(dropped.map((e) => e.reason)).toEqual(["ticket 2"]);
  });

  test("a glob of which some pass is narrowed to what fails, with its reason and expiry", () => {
    const seen = [...asListed, passed(`${family}/Q/3@x`)];
    const { text, kept } = update(list, seen);
    expect(kept).toEqual([`${family}/P/1@x`, `${family}/Q/1@x`, `${family}/Q/2@x`, `${family}/R/1@x`]);
    const narrowed = entriesIn(text).filter((e) => e.case.includes("/Q/"));
    expect(narrowed.map((e) => [e.reason, e.expires])).toEqual([
      ["ticket 2", "2027-01-01"],
      ["ticket 2", "2027-01-01"],
    ]);
    expect(text.match(/About Y/g)).toHaveLength(1);
    expect(text.slice(0, text.indexOf("/Q/"))).toBe(list.slice(0, list.indexOf("/Q/")));
    expect(text.slice(text.indexOf("  # About Z"))).toBe(list.slice(list.indexOf("  # About Z")));
    expect(update(text, seen).text).toBe(text);
  });

  test("a case under a glob that fails otherwise narrows it too, and gets an entry of its own", () => {
    const { text } = update(list, [...asListed, failed(`${family}/Q/3@x`, wrong("Other"))]);
    const own = entriesIn(text).filter((e) => e.case.includes("/Q/"));
    expect(own.map((e) => [e.case, e.actual])).toEqual([
      [`${family}/Q/1@x`, "Y"],
      [`${family}/Q/2@x`, "Y"],
      [`${family}/Q/3@x`, "Other"],
    ]);
  });

  test("an entry in braces is narrowed as well", () => {
    const seen = [failed("a/b/C/f/1@x", wrong("X")), passed("a/b/C/f/1@y")];
    const { text } = update(
      `known:\n  - {case: 'a/b/C/f/1', check: code, location: ${at}, actual: X, reason: r}\n`,
      seen,
    );
    expect(text).toBe(`known:\n  - {case: a/b/C/f/1@x, check: code, location: ${at}, actual: X, reason: r}\n`);
  });

  test("an entry of another depth stays, one that no depth has goes", () => {
    const text = list.replaceAll("/R/1@x", "/R/1@other");
    const seen = asListed.slice(0, 3);
    expect(update(text, seen, [`${family}/R/1@other`]).text).toBe(text);
    expect(update(text, seen).dropped.map((e) => e.reason)).toEqual(["ticket 3"]);
  });

  test("an entry whose case got no verdict stays; one whose case is only observed goes", () => {
    const rest = asListed.slice(0, 3);
    expect(update(list, [...rest, { id: `${family}/R/1@x`, status: "skipped" }]).text).toBe(list);
    const observed = update(list, [...rest, { id: `${family}/R/1@x`, status: "observed" }]);
    expect(observed.dropped.map((e) => e.reason)).toEqual(["ticket 3"]);
    const both = list.replaceAll("/R/1@x", "/R/*");
    const unheard: Seen = { id: `${family}/R/2@x`, status: "unimplemented" };
    expect(update(both, [...rest, { id: `${family}/R/1@x`, status: "observed" }, unheard]).text).toBe(both);
  });

  test("where one goes between blank lines, one of them goes with it", () => {
    const [one, two, three] = [1, 2, 3].map((n) => entry(`${family}/P/${n}@x`, "X", "t"));
    const seen = [
      failed(`${family}/P/1@x`, wrong("X")),
      passed(`${family}/P/2@x`),
      failed(`${family}/P/3@x`, wrong("X")),
    ];
    expect(update(`known:\n${one}\n${two}\n${three}`, seen).text).toBe(`known:\n${one}\n${three}`);
  });

  test("an expired entry that still fails keeps its day and reason: whether it goes on is not for assay to say", () => {
    const text = list.replace("2027-01-01", "2001-01-01");
    expect(update(text, asListed).text).toBe(text);
  });

  test("when all go, an empty list is left, and its comments", () => {
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
  const seen = [failed(`${family}/P/1@x`, wrong("X")), passed(`${family}/P/2@x`)];

  test("a file that is not there yet is made", () => {
    const { text, added } = update("", seen);
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
    expect(update(text, seen).text).toBe(text);
  });

  test("new ones come last, in the order of the plan, and the rest is not touched", () => {
    const { text } = update(list, [
      failed("a/b/D/f/2@x", wrong("X")),
      passed("a/b/D/f/0@x"),
      failed("a/b/D/f/10@x", wrong("X")),
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

  test("one entry for each signature of a case", () => {
    const { text } = update("", [failed(`${family}/P/1@x`, wrong("X"), shape, shape), passed(`${family}/P/2@x`)]);
    expect(entriesIn(text).map((e) => [e.check, e.location, e.actual])).toEqual([
      ["code", at, "X"],
      ["output", "/R/Items/*/Name", "string"],
    ]);
  });

  test("a family of which all fails alike gets one glob", () => {
    const alike = [1, 2, 3].map((n) => failed(`${family}/P/${n}@x`, wrong("X")));
    const seen = [...alike, passed("a/b/C/valid/1@x"), { id: `${family}/P/4@x`, status: "observed" } as const];
    const { text, added } = update("", seen);
    expect(added).toEqual([`${family}/**`]);
    expect(update(text, seen).text).toBe(text);
    // Two items of a list that are wrong alike are one way to fail.
    expect(
      update(
        "",
        [1, 2].map((n) => failed(`${family}/P/${n}@x`, shape, shape)),
      ).added,
    ).toEqual([`${family}/**`]);
  });

  test.each<[string, Seen]>([
    ["one passes", passed(`${family}/P/3@x`)],
    ["one fails otherwise", failed(`${family}/P/3@x`, wrong("Y"))],
    ["one fails in a second way too", failed(`${family}/P/3@x`, wrong("X"), shape)],
  ])("no glob where %s", (_, third) => {
    const two = [1, 2].map((n) => failed(`${family}/P/${n}@x`, wrong("X")));
    const { added } = update("", [...two, third]);
    expect(added).not.toContain(`${family}/**`);
    expect(added.length).toBeGreaterThan(1);
  });

  test("no value of the target's gets in, and findings that are only warnings are none", () => {
    const secret = { ...shape, actual: "hunter2 is my password" };
    const warning = { ...wrong("Warned"), level: "should" as const };
    const { text } = update("", [failed(`${family}/P/1@x`, secret, warning), passed(`${family}/P/2@x`)]);
    expect(text).not.toMatch(/hunter2|Warned/);
  });
});

describe("other ways to write the file", () => {
  const seen = [failed(`${family}/P/1@x`, wrong("X")), failed("a/b/D/f/1@x", wrong("New")), passed("a/b/D/f/2@x")];
  const one = { case: `${family}/P/1@x`, check: "code", location: at, actual: "X", reason: "ticket" };

  test.each<[string, string]>([
    ["an empty list with a comment", "known: [] # none yet\n"],
    ["an empty list over two lines", "known: [\n  # none yet\n]\n"],
    ["no newline at the end", entry(one.case, "X", "ticket").replace(/^/, "known:\n").trimEnd()],
    ["dashes without indentation", `known:\n${entry(one.case, "X", "ticket").replace(/^ {2}/gm, "")}`],
    [
      "lines that end as on Windows",
      `# head\nknown:\n${entry(one.case, "X", "ticket")}# end\n`.replaceAll("\n", "\r\n"),
    ],
    ["JSON", JSON.stringify({ known: [one, { ...one, case: "a/b/gone/**" }] })],
    ["a list in brackets", `known: [{case: ${one.case}, check: code, location: ${at}, actual: X, reason: r}] # all\n`],
    ["anchors", `known:\n${entry("a/b/gone/**", "X", "&r ticket")}${entry(one.case, "X", "*r")}`],
    ["a dash on its own line", `known:\n  -\n    ${entry(one.case, "X", "ticket").slice(4)}`],
    ["a folded reason", `known:\n${entry(one.case, "X", ">-\n      # no comment\n      but text")}`],
    ["a folded case", `known:\n${entry(`>-\n      ${family}/P`, "X", "ticket")}`],
  ])("%s", (_, text) => {
    const more = [...seen, passed(`${family}/P/2@x`)];
    const updated = update(text, more);
    const [first, last] = [entriesIn(updated.text)[0], entriesIn(updated.text).at(-1)];
    expect(first?.case).toBe(one.case);
    if (!text.startsWith("known: [] ") && !text.includes("none yet")) expect(first?.reason).not.toBe("");
    expect(last).toMatchObject({ case: "a/b/D/f/1@x", actual: "New", reason: "" });
    for (const comment of text.match(/(?<=# ?)(?:none yet|head|end|all)/g) ?? [])
      expect(updated.text).toContain(comment);
    if (text.includes("\r\n")) expect(updated.text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(update(updated.text, more).text).toBe(updated.text);
  });

  test("codes that look like something else are read as they were", () => {
    for (const odd of ["60007", "null", "a: b", "#x", "", "x\ny", "\u0085\u202e\ud800é\u007f", "'", "-", "1e3"]) {
      const odder = [failed(`${family}/P/1@x`, wrong(odd)), passed(`${family}/P/2@x`)];
      const { text } = update("", odder);
      expect((parse(text) as { known: { actual: unknown }[] }).known[0]?.actual).toBe(odd);
      expect(text).toMatch(/^[\n -~]*$/);
      expect(update(text, odder).text).toBe(text);
    }
  });
});

const ids = ["f", "g"].flatMap((f) => ["P/1@x", "P/1@y", "P/2@x", "Q/1@x"].map((place) => `a/b/C/${f}/${place}`));
const anySeen = fc.tuple(
  ...ids.map((id) =>
    fc.record({
      id: fc.constant(id),
      status: fc.constantFrom<Status>("passed", "failed", "failed", "known", "observed", "skipped"),
      findings: fc.subarray([wrong("X"), wrong("Y"), shape], { minLength: 1 }),
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

test("after an update the same run has no failure that is not listed and no stale entry; a second changes nothing", () => {
  fc.assert(
    fc.property(anyText, anySeen, (text, drawn) => {
      const seen = drawn.map((s) => (s.status === "failed" || s.status === "known" ? s : { ...s, findings: [] }));
      const elsewhere = ["a/b/deep/f/1@x"];
      const updated = update(text, seen, elsewhere);
      const known = knownList(entriesIn(updated.text), matcher, 0, () => [...ids, ...elsewhere]);
      for (const { id, status, findings } of seen) {
        if (status === "failed" || status === "known") expect(known.covers(id, findings)).toBe(true);
        known.recordVerdict(id, findings, status);
      }
      expect(known.stale(true)).toEqual([]);
      const reasons = new Map(entriesIn(text).map((e) => [e.reason, e]));
      for (const e of entriesIn(updated.text))
        if (e.reason !== "") expect(reasons.get(e.reason)?.actual).toBe(e.actual);
      expect(update(updated.text, seen, elsewhere).text).toBe(updated.text);
    }),
    { seed: 1, numRuns: 300 },
  );
});
