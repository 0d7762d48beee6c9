/** Two recordings side by side: each kind of change, what is none, what the exit says, and what is remarked. */
import { describe, expect, test } from "vitest";
import { footerOf, makeHeader, verdictOf } from "../../reports/testing/laws.ts";
import { recordingInMemory } from "../log/reader.ts";
import type { Finding, Footer, Header, RecordedExchange, Recording, Status, Verdict } from "../model/index.ts";
import { compareRuns } from "./compare-runs.ts";

const header = makeHeader({
  assay: "1.0.0",
  run: "run-a",
  select: [],
  started: "2026-01-01T00:00:00Z",
  rerun: "",
  specs: "abc",
});

interface Shape {
  readonly header?: Partial<Header>;
  readonly footer?: Partial<Footer> | null;
}

const recording = (verdicts: readonly Verdict[], { header: more = {}, footer = {} }: Shape = {}): Recording =>
  recordingInMemory({ ...header, ...more }, verdicts, footer === null ? null : footerOf(verdicts, footer));

const other = { header: { run: "run-b", started: "2026-01-02T00:00:00Z" } };
const one = (status: Status, more: Partial<Verdict> = {}) => verdictOf(0, status, more);
const between = (was: readonly Verdict[], is: readonly Verdict[], b: Shape = {}, a: Shape = {}) =>
  compareRuns(recording(was, a), recording(is, { ...other, ...b, header: { ...other.header, ...b.header } }));

const code = (actual: string): Finding => ({
  check: "code",
  level: "must",
  location: "/Code",
  expected: ["A"],
  actual,
});

const told = (body: string): RecordedExchange => ({
  role: "judged",
  action: "p/s/Act",
  request: { method: "POST", url: "http://h/", headers: [], body: { text: "{}", bytes: 2 } },
  response: { status: 200, headers: [], body: { text: body, bytes: body.length } },
  durationMs: 1,
});

const two = (...codes: string[]) => ({
  findings: codes.map((actual) => ({ ...code(actual), location: `/${actual}` })),
});
const many = Array.from({ length: 60 }, (_, n) => `Code${n}`);

describe("a case of both runs", () => {
  test.each<[string, Verdict, Verdict, string | null, 0 | 1 | 3]>([
    ["passed, passed", one("passed"), one("passed"), null, 0],
    ["fails as it failed", one("failed"), one("failed"), null, 0],
    ["fails as was known", one("known"), one("failed"), null, 0],
    ["fails now", one("passed"), one("failed"), "worse", 1],
    ["fails with another code", one("failed"), one("failed", { findings: [code("C")], actual: "C" }), "worse", 1],
    ["passes again", one("failed"), one("passed"), "better", 0],
    ["gets another code that fits", one("passed", { actual: "A" }), one("passed", { actual: "B" }), "other", 0],
    ["is lacking now", one("passed"), one("unimplemented", { actual: "" }), "other", 3],
    ["is there now", one("unimplemented", { actual: "" }), one("passed"), "other", 0],
    ["is there now, and fails", one("unimplemented", { actual: "" }), one("failed"), "worse", 1],
    ["has no verdict now", one("passed"), one("indeterminate"), null, 3],
    ["broke assay", one("passed"), one("errored"), null, 3],
    ["breaks assay as before", one("errored"), one("errored"), null, 3],
    ["fails less", one("failed", { findings: [code("B"), code("C")] }), one("failed"), "better", 0],
    ["fails more", one("failed"), one("failed", { findings: [code("B"), code("C")] }), "worse", 1],
    ["fails in part as before", one("failed", two("B", "C")), one("failed", two("B", "D")), "worse", 1],
    [
      "has one of very many failures less",
      one("failed", two(...many)),
      one("failed", two(...many.slice(1))),
      "better",
      0,
    ],
    ["had none, and has none", one("indeterminate"), one("indeterminate"), null, 3],
    ["had none, and fails", one("indeterminate"), one("failed"), "added", 1],
    ["had none, and passes", one("skipped"), one("passed"), null, 3],
    ["fails as B's list says", one("passed"), one("known"), "other", 0],
    ["had none, and fails as B's list says", one("indeterminate"), one("known"), "added", 3],
    ["fails as it failed, which B's list knows", one("failed"), one("known"), null, 0],
    ["fails otherwise, which B's list knows", one("failed"), one("known", { findings: [code("C")] }), "other", 0],
  ])("that %s", (_, was, is, kind, exit) => {
    const compared = between([was], [is]);
    expect(compared.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(compared.exit).toBe(exit);
    expect(compared.isWorse).toBe(exit === 1);
    expect(compared.total).toBe(kind === null ? 0 : 1);
  });

  test("without a verdict in B is named, once", () => {
    const { undecidedCases, changes, undecided } = between([one("passed")], [one("indeterminate")]);
    expect(undecidedCases.map(({ id, before, after }) => [id, before, after])).toEqual([
      [one("passed").id, "passed: B", "indeterminate"],
    ]);
    expect([changes.length, undecided]).toEqual([0, 1]);
    const lacking = between([one("passed")], [one("unimplemented")]);
    expect([lacking.undecidedCases.length, lacking.changes.length, lacking.undecided]).toEqual([0, 1, 1]);
  });

  test("that only B's list of known failures accepts is told as failing, and is not worse", () => {
    const { changes, known } = between([one("passed"), verdictOf(1, "known")], [one("known"), verdictOf(1, "known")]);
    expect(changes).toMatchObject([
      { kind: "other", fails: true, known: true, after: "known: code at /Code: B, not A" },
    ]);
    expect(known).toBe(1);
    const warned = { ...code("C"), check: "status", level: "should" } as const;
    const [same] = between([one("failed")], [one("known", { findings: [code("B"), warned] })]).changes;
    expect(same).toMatchObject({ kind: "other", fails: false });
    expect(same).not.toHaveProperty("known");
  });

  test("without a verdict in B is told by B's reason alone, and by the call that it waits for", () => {
    const reason = (n: number) => ({ reason: n % 2 === 0 ? "its control was not accepted: X" : "set-up: Create: X" });
    const blockedBy = { action: "p/s/Create", response: "X" };
    const was = (["passed", "observed", "failed", "passed"] as const).map((status, n) => verdictOf(n, status));
    const is = was.map((_, n) => verdictOf(n, "indeterminate", { ...reason(n), blockedBy }));
    const { groups } = between(was, is);
    expect(groups).toMatchObject([{ kind: "undecided", cases: 4 }]);
    expect(groups[0]?.after).toBe("indeterminate: a needed call was not accepted: X");
    const apart = between(
      was,
      is.map(({ blockedBy: _, ...rest }) => rest),
    );
    expect(apart.groups.map(({ cases }) => cases)).toEqual([2, 2]);
  });

  test("that broke assay is undecided, whatever A came to", () => {
    expect(between([one("skipped"), verdictOf(1, "passed")], [one("errored"), verdictOf(1, "passed")])).toMatchObject({
      ...{ exit: 3, undecided: 1, noVerdict: 0, total: 0 },
      undecidedCases: [{ before: "skipped", after: "errored" }],
    });
  });
});

describe("a case of one run", () => {
  const both = verdictOf(1, "passed");
  test("is new, and worse only where it fails", () => {
    expect(between([both], [both, one("passed")])).toMatchObject({ exit: 0, isWorse: false, kinds: { added: 1 } });
    expect(between([both], [both, one("failed")])).toMatchObject({ exit: 1, isWorse: true, kinds: { added: 1 } });
  });

  test("is undecided where it is new and has no verdict", () => {
    const of = (status: Status) => between([both], [both, one(status)]);
    for (const status of ["errored", "indeterminate"] as const)
      expect(of(status)).toMatchObject({ exit: 3, undecided: 1, kinds: { added: 1 } });
    expect(of("skipped")).toMatchObject({ exit: 0, undecided: 0, kinds: { added: 1 } });
  });

  test("is told as known, and not as worse, where it is new and B's list accepts it", () => {
    const compared = between([both], [both, one("known")]);
    expect(compared).toMatchObject({
      exit: 0,
      isWorse: false,
      newFailures: 0,
      known: 1,
      changes: [{ kind: "added", known: true }],
    });
  });

  test("is gone and undecided where A judged it, by whatever specs", () => {
    for (const specs of ["abc", "def"])
      expect(between([one("passed"), both], [both], { header: { specs } })).toMatchObject({
        ...{ exit: 3, undecided: 1, missing: 1, differ: 0, cases: 1 },
        ...{ only: { a: 1, b: 0 }, kinds: { removed: 1 } },
      });
    expect(between([one("skipped"), both], [both])).toMatchObject({ exit: 0, undecided: 0, kinds: { removed: 1 } });
  });

  test.each<Partial<Header>>([{ select: ["p/**"] }, { depth: "quick" }, { readOnly: true }])(
    "is undecided where B left it out, counted and not named: %o",
    (left) => {
      const part = between([one("passed"), both, verdictOf(2, "skipped")], [both], { header: left });
      expect(part).toMatchObject({ exit: 3, cases: 1, total: 0, agree: 1, undecided: 1, missing: 1, only: { a: 2 } });
      expect([part.samePlan, part.changes, part.undecidedCases, part.a.counts.passed]).toEqual([false, [], [], 2]);
      expect(part.actions[0]?.undecided).toBe(1);
      expect(part.remarks.join()).toContain("selection");
    },
  );

  test("is undecided in actions that B does not have", () => {
    const there = one("passed", { action: "p/s/Other" });
    const part = between([there, both], [both], { header: { select: ["p/s/Act/**"] } });
    expect(part.actions.map(({ action, undecided }) => [action, undecided])).toEqual([
      ["p/s/Act", 0],
      ["p/s/Other", 1],
    ]);
  });
});

describe("a run that is not whole", () => {
  const both = [verdictOf(1, "passed")];
  test.each<[string, Shape, Shape]>([
    ["B broke off", { footer: null }, {}],
    ["B was interrupted", { footer: { interrupted: true } }, {}],
    ["A broke off", {}, { footer: null }],
    ["A was interrupted", {}, { footer: { interrupted: true } }],
  ])("settles nothing: %s", (_, b, a) => {
    expect(between(both, both, b, a)).toMatchObject({ exit: 3, isWorse: false, total: 0, agree: 1 });
    expect(between(both, [verdictOf(1, "failed")], b, a)).toMatchObject({ exit: 1 });
  });
});

describe("answers", () => {
  const answered = (body: string, more: Partial<Verdict> = {}) => one("passed", { exchanges: [told(body)], ...more });

  test("that part are a change of their own, and none that fails", () => {
    const compared = between([answered('{"N":1}')], [answered('{"N":2}')]);
    expect(compared).toMatchObject({ responses: 1, agree: 0, exit: 0, kinds: { other: 1 } });
    const response = [{ location: "/N", before: "1", after: "2" }];
    expect(compared.changes[0]).toMatchObject({ before: "answer: /N 1", after: "answer: /N 2", response });
    expect(between([answered('{"N":1}')], [answered('{"N":1}')])).toMatchObject({ responses: 1, agree: 1, total: 0 });
  });

  test("ride along with a verdict that changed", () => {
    const failed = { ...answered('{"N":2}'), ...{ status: "failed", findings: [code("C")] } } as Verdict;
    const [change] = between([answered('{"N":1}')], [failed]).changes;
    expect(change).toMatchObject({ kind: "worse", response: [{ location: "/N", before: "1", after: "2" }] });
  });

  test("of open values and of other mixes are not compared between seeds", () => {
    const open = { status: "observed" as const };
    const seed = { header: { seed: 2 } };
    const [was, is] = [answered('{"N":1}', open), answered('{"N":2}', open)];
    expect(between([was], [is])).toMatchObject({ total: 1, responses: 1 });
    expect(between([was], [is], seed)).toMatchObject({ total: 0, responses: 0, compared: 1 });
    const mixed = [one("passed", { family: "fuzz" })];
    const fails = [one("failed", { family: "fuzz" })];
    expect(between(mixed, fails)).toMatchObject({ exit: 1, compared: 1 });
    const unlike = between(fails, mixed, seed);
    expect(unlike).toMatchObject({ exit: 3, compared: 0, total: 0 });
    expect(unlike.remarks.join()).toContain("1 mix of fuzz is");
  });

  test("of another seed a mix that fails as nothing in A did is a failure that only B has", () => {
    const seed = { header: { seed: 2 } };
    const mix = (status: Status, more: Partial<Verdict> = {}) => one(status, { family: "fuzz", ...more });
    const passed = verdictOf(1, "passed");
    const fresh = between([mix("passed"), passed], [mix("failed"), passed], seed);
    expect(fresh).toMatchObject({ exit: 1, isWorse: true, total: 1, differ: 1, kinds: { added: 1 } });
    // A failed so itself, in a case of its own or in a mix, whatever that one expected.
    const expected = { findings: [{ ...code("B"), expected: ["Z"] }] };
    for (const failed of [verdictOf(1, "failed", expected), verdictOf(1, "known", { ...expected, family: "fuzz" })])
      expect(between([mix("passed"), failed], [mix("failed"), failed], seed)).toMatchObject({
        isWorse: false,
        total: 0,
      });
    const elsewhere = verdictOf(1, "failed", { action: "p/s/Other" });
    expect(between([mix("passed"), elsewhere], [mix("failed"), elsewhere], seed)).toMatchObject({ exit: 1, total: 1 });
    expect(between([mix("passed"), passed], [mix("known"), passed], seed)).toMatchObject({ exit: 0, known: 1 });
  });

  test("that one log has, or neither, are remarked", () => {
    const one_ = between([answered("{}")], [one("passed", { actual: "B" })]);
    expect(one_).toMatchObject({ responses: 0, agree: 1 });
    expect(one_.remarks).toEqual([expect.stringContaining("one of the two logs")]);
    expect(between([one("passed")], [one("passed")]).remarks).toEqual([expect.stringContaining("--record all")]);
  });
});

describe("where warnings fail B's run", () => {
  const warning: Finding = { ...code("B"), level: "should" };
  const warned = one("passed", { findings: [warning] });
  const strict = { header: { strict: true } };
  test.each<[string, Verdict | undefined, Verdict, string | null, 0 | 1]>([
    ["new", one("passed"), warned, "worse", 1],
    ["another", one("passed", { findings: [{ ...warning, location: "/Other" }] }), warned, "worse", 1],
    ["the same", warned, warned, null, 0],
    ["gone", warned, one("passed"), "other", 0],
    ["instead of a failure", one("failed"), warned, "better", 0],
    ["of a case that only B has", undefined, warned, "added", 1],
  ])("one that is %s", (_, was, is, kind, exit) => {
    const rest = verdictOf(1, "passed");
    const compared = between(was ? [was, rest] : [rest], [is, rest], strict, strict);
    expect(compared.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(compared.exit).toBe(exit);
  });
  test("and where they do not, it is told and no more", () => {
    expect(between([one("passed")], [warned])).toMatchObject({ exit: 0, kinds: { other: 1 } });
  });
});

describe("the whole", () => {
  test("is not judged where a log lacks verdicts that its footer counts", () => {
    const verdicts = [one("passed")];
    expect(between(verdicts, verdicts, { footer: { planned: 50 } })).toMatchObject({ exit: 3, b: { complete: false } });
  });

  test("tells the worst first, in plan order, a thousand of them, and counts all by action", () => {
    const many = (status: Status) => Array.from({ length: 1200 }, (_, n) => verdictOf(n, status));
    const was = [...many("passed"), verdictOf(1200, "failed", { action: "p/s/Other" })];
    const is = [...many("failed"), verdictOf(1200, "passed", { action: "p/s/Other" })];
    const { changes, total, kinds, actions } = between(was, is);
    expect(changes).toHaveLength(1000);
    expect(changes.map(({ kind }) => kind)).not.toContain("better");
    expect(changes[0]?.id).toBe(was[0]?.id);
    expect([total, kinds.worse, kinds.better]).toEqual([1201, 1200, 1]);
    expect(actions.map((row) => [row.action, row.compared, row.agree, row.kinds.worse, row.kinds.better])).toEqual([
      ["p/s/Act", 1200, 0, 1200, 0],
      ["p/s/Other", 1, 0, 0, 1],
    ]);
  });

  test("of a run and itself is no change; of two plans in another order neither", () => {
    const verdicts = (["passed", "failed", "known", "observed"] as const).map((status, n) => verdictOf(n, status));
    expect(between(verdicts, verdicts)).toMatchObject({ total: 0, agree: 4, exit: 0 });
    const turned = verdicts.toReversed().map((verdict, planIndex) => ({ ...verdict, planIndex }));
    expect(between(verdicts, turned)).toMatchObject({ total: 0, agree: 4, exit: 0 });
  });

  test("an id that a damaged log has twice is new the second time, and never gone", () => {
    const twice = [one("passed"), verdictOf(1, "passed", { id: one("passed").id })];
    expect(between([one("passed")], twice)).toMatchObject({ kinds: { added: 1, removed: 0 } });
    expect(between(twice, [one("passed")])).toMatchObject({ kinds: { added: 0, removed: 0 } });
  });

  test("says what sets the runs apart besides their targets", () => {
    const of = (b: Shape, a: Shape = {}) => between([one("passed")], [one("passed")], b, a).remarks.join("\n");
    expect(of({ footer: null })).toContain("B broke off");
    expect(of({}, { footer: { interrupted: true } })).toContain("A was interrupted");
    expect(of({ header: { assay: "2.0.0" } })).toContain("assay 1.0.0 judged A, 2.0.0 judged B");
    expect(of({ header: { specs: "def" } })).toContain("specs");
    expect(of({ header: { seed: 7 } })).toContain("seeds are 1 and 7");
    expect(of({ header: { depth: "quick" } })).toContain("depth");
    expect(between([], []).remarks.join()).toContain("nothing is compared");
    expect(between([], []).exit).toBe(3);
  });
});
