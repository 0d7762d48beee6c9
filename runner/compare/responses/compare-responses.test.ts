/** The same call in two runs: what belongs to the run is no difference, whatever else is. */
import { describe, expect, test } from "vitest";
import { verdictOf } from "../../../reports/testing/laws.ts";
import type { Header, Json, RecordedExchange, Verdict } from "../../model/index.ts";
import { compareResponses } from "./compare-responses.ts";

/** All that a run chooses, or that its target chose for it. */
interface Run {
  readonly header: Header;
  readonly at: string;
  readonly group: string;
  readonly person: string;
  readonly others: readonly string[];
  readonly request: string;
  readonly given: string;
}

function runOf(run: string, started: string, words: readonly string[], n: number): Run {
  const [group = "", person = "", ...others] = words.map((word, i) => `${word}-${run}x${i}`);
  return {
    header: {
      type: "header",
      format: 2,
      assay: "1.0.0",
      run,
      target: "t",
      seed: n,
      depth: "standard",
      select: [],
      started,
      rerun: "",
    },
    at: new Date(Date.parse(started) + 61_000).toISOString(),
    group,
    person,
    others,
    request: `0000000${n}-1111-4222-8333-444444444444`,
    given: `u-00000000000${n}`,
  };
}

const first = runOf("09yu3q50afw4d", "2026-11-21T19:02:05.550Z", ["Avon", "Zoe", "Yard", "Abel"], 1);
const second = runOf("08jdywn6rab9x", "2026-11-23T08:12:45.001Z", ["Wye", "Bob", "Cam", "Dee", "Eve"], 2);

const exchange = (run: Run, role: "before" | "judged", asked: Json, told: Json | string, status = 200) =>
  ({
    role,
    action: "p/s/CreateGroup",
    request: { method: "POST", url: "http://127.0.0.1:1/", headers: [], body: bodyOf(asked) },
    response: { status, headers: [["Content-Type", "application/json"]], body: bodyOf(told) },
    started: run.at,
    durationMs: 1,
  }) satisfies RecordedExchange;

function bodyOf(value: Json | string) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { text, bytes: Buffer.byteLength(text) };
}

const caseOf = (...exchanges: readonly RecordedExchange[]): Verdict => verdictOf(0, "passed", { exchanges });

type Make = (run: Run) => Json | string;

const ask: Make = ({ group, person }) => ({ GroupId: group, PersonIds: [person], Limit: 10, Word: "Enabled" });

/** The places at which the second run's answer parts from the first's. */
function parted(was: Make, is: Make, asked: Make = ask): string[] {
  const one = caseOf(exchange(first, "judged", asked(first) as Json, was(first)));
  const other = caseOf(exchange(second, "judged", asked(second) as Json, is(second)));
  const held = compareResponses(one, other, first.header, second.header);
  expect(held?.compared).toBe(1);
  return (held?.differences ?? []).map(({ location, before, after }) => `${location}: ${before} → ${after}`);
}

const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** One of everything that a run changes. */
const whole = (run: Run) => ({
  Response: {
    GroupId: run.group,
    SucPersonIds: [run.person],
    Arn: `arn:aws:s:${run === first ? "us-east-1" : "eu-west-1"}:${run === first ? "123456789012" : "210987654321"}:group/${run.group}`,
    Text: `${run.group} has one`,
    FaceId: run.given,
    CreateTime: run.at.slice(0, 19).replace("T", " "),
    UpdateTime: run.at,
    CreationTimestamp: seconds(run.at),
    Millis: Date.parse(run.at),
    Date: new Date(run.at).toUTCString(),
    MaxResults: 10,
    Status: "Enabled",
    Version: "3.0",
    Flag: true,
    Logref: run.request,
    GroupName: `${run.others[0]}`,
    Tag: "",
    Message: `no ${run.group} ${run.request}`,
    RequestId: run.request,
  } as { [member: string]: Json },
});

describe("what belongs to a run", () => {
  test("is no difference: ids, times, tokens, message text, what the request said", () => {
    expect(parted(whole, whole)).toEqual([]);
  });

  test("nor are the things of the target that a list shows: how many, which, and whether there are more", () => {
    const list: Make = (run) => ({
      Groups: run.others.map((name) => ({ GroupId: name, GroupName: name, Type: "Manual", CreateTime: run.at })),
      TotalCounts: run.others.length,
      IsTruncated: run === first,
      ...(run === first ? { NextToken: "after-8-up" } : {}),
    });
    expect(parted(list, list)).toEqual([]);
    const none: Make = () => ({ Groups: [], TotalCounts: 0, IsTruncated: false });
    expect(parted(list, none)).toEqual([]);
    expect(parted(none, list)).toEqual([]);
    // Some send an empty token where others send none.
    for (const token of ["", null]) {
      const last: Make = (run) => ({ ...(list(run) as object), NextToken: token, IsTruncated: false });
      const more: Make = (run) => ({ ...(list(run) as object), NextToken: "after-8-up", IsTruncated: true });
      expect([...parted(last, more), ...parted(more, last)]).toEqual([]);
    }
    const number: Make = (run) => ({ ...(list(run) as object), NextToken: 7 });
    expect(parted(number, (run) => ({ ...(list(run) as object), NextToken: "7" }))).toHaveLength(1);
  });

  test("nor is the day on which somebody changed what the run did not make", () => {
    const zone =
      (at: (run: Run) => string): Make =>
      (run) => ({ ZoneId: "z-given", UpdateTime: at(run) });
    const [lately, long] = [zone(({ at }) => at), zone(() => "2020-01-01T00:00:00Z")];
    expect(parted(lately, long, () => ({ ZoneId: "z-given" }))).toEqual([]);
    expect(parted(lately, long)).toHaveLength(1);
    const otherwise = zone(() => "2020-01-01 00:00:00");
    expect(parted(lately, otherwise, () => ({ ZoneId: "z-given" }))).toHaveLength(1);
  });

  test("nor are account and region in a resource name, where the two are in others", () => {
    const qcs =
      (region: string, uin: string): Make =>
      ({ group }) => ({ R: `qcs::iai:${region}:uin/${uin}:group/${group}` });
    expect(parted(qcs("ap-guangzhou", "100000000001"), qcs("na-siliconvalley", "100000000002"))).toEqual([]);
    const plain: Make = ({ group }) => ({ R: `urn:x:y:eu-west-1:z/${group}` });
    expect(parted(plain, ({ group }) => ({ R: `urn:x:y:us-east-1:z/${group}` }))).toHaveLength(1);
  });

  test("nor are a request id in any form, where it stands again, and a token", () => {
    const told: Make = ({ at }) => ({ RequestId: `no uuid ${at}`, Logref: `no uuid ${at}`, NextToken: `after ${at}!` });
    expect(parted(told, told)).toEqual([]);
    const another: Make = ({ at }) => ({ RequestId: `no uuid ${at}`, Logref: "another", NextToken: `after ${at}!` });
    expect(parted(told, another)).toEqual(['/Logref: <request id> → "another"']);
  });

  test("nor is what a call before it was told", () => {
    const sides = [first, second].map((run) =>
      caseOf(
        exchange(run, "before", { Name: run.group }, { User: { Key: `${run.given}!`, Count: 1 } }),
        exchange(run, "judged", {}, { Owner: `${run.given}!` }),
      ),
    );
    const [one = caseOf(), other = caseOf()] = sides;
    expect(compareResponses(one, other, first.header, second.header)?.differences).toEqual([]);
  });

  test("nor is the order of a list that is sorted by it, or of answers to calls that were sent at once", () => {
    const asked: Make = ({ group, person }) => ({ Ids: [group, person] });
    const sorted: Make = ({ group, person }) => ({ Done: [group, person].sort() });
    expect(first.group < first.person).not.toBe(second.group < second.person);
    expect(parted(sorted, sorted, asked)).toEqual([]);
    const [won, lost] = [{ Result: 1 }, { Result: 2 }];
    const race = (run: Run, ...told: Json[]) => caseOf(...told.map((one) => exchange(run, "judged", {}, one)));
    const held = compareResponses(
      race(first, won, lost, lost),
      race(second, lost, lost, won),
      first.header,
      second.header,
    );
    expect(held).toEqual({ compared: 3, cut: 0, differences: [] });
    const two = compareResponses(
      race(first, won, lost, lost),
      race(second, won, won, lost),
      first.header,
      second.header,
    );
    expect(two?.differences).toEqual([{ location: "/Result", before: "2", after: "1" }]);
  });
});

describe("everything else is told", () => {
  test("a resource name that ends in another id of the request", () => {
    const arn =
      (of: (run: Run) => string): Make =>
      (run) => ({ Arn: `arn:aws:s:r:1:thing/${of(run)}` });
    expect(
      parted(
        arn(({ group }) => group),
        arn(({ group }) => group),
      ),
    ).toEqual([]);
    expect(
      parted(
        arn(({ group }) => group),
        arn(({ person }) => person),
      ),
    ).toEqual(['/Arn: "arn:aws:s:r:1:thing/<GroupId>" → "arn:aws:s:r:1:thing/<PersonIds.0>"']);
  });

  const members = Object.keys(whole(first).Response);

  test.each(members)("a member that is gone: %s", (name) => {
    const without: Make = (run) => {
      const { [name]: _, ...rest } = whole(run).Response;
      return { Response: rest };
    };
    expect(parted(whole, without).map((one) => one.split(":")[0])).toEqual([`/Response/${name}`]);
    expect(parted(without, whole).map((one) => one.split(":")[0])).toEqual([`/Response/${name}`]);
  });

  test.each(members)("another type: %s", (name) => {
    const turned: Make = (run) => {
      const { Response } = whole(run);
      const value = Response[name];
      const other = Array.isArray(value) ? {} : typeof value === "string" ? 7 : String(value);
      return { Response: { ...Response, [name]: other } };
    };
    expect(parted(whole, turned).map((one) => one.split(":")[0])).toEqual([`/Response/${name}`]);
  });

  const changed: readonly (readonly [what: string, name: string, value: (run: Run) => Json, told: string])[] = [
    ["an id swapped for another of the request", "GroupId", (run) => run.person, "<GroupId> → <PersonIds.0>"],
    ["an id that the target made up", "GroupId", () => "g-1", "<GroupId> → <some GroupId>"],
    ["an id in small letters", "GroupId", (run) => run.group.toLowerCase(), "<GroupId> → <name of this run>"],
    ["another item", "SucPersonIds/0", (run) => [run.group], "<PersonIds.0> → <GroupId>"],
    ["an item more", "SucPersonIds", (run) => [run.person, run.person], "a list of 1 → a list of 2"],
    ["no item", "SucPersonIds", () => [], "a list of 1 → an empty list"],
    ["another constant", "Version", () => "4.0", '"3.0" → "4.0"'],
    ["another word than the request's", "Status", () => "Disabled", '<Word> → "Disabled"'],
    ["another number than the request's", "MaxResults", () => 11, "<Limit> → 11"],
    ["another flag", "Flag", () => false, "true → false"],
    ["an empty id", "FaceId", () => "", '<some FaceId> → ""'],
    ["a time as another text", "CreateTime", (run) => run.at, "<time as YYYY-MM-DD hh:mm:ss> → <time as RFC 3339>"],
    [
      "a time in another unit",
      "CreationTimestamp",
      (run) => Date.parse(run.at),
      "<time in seconds> → <time in milliseconds>",
    ],
    [
      "a time of other days",
      "UpdateTime",
      () => "2020-01-01T00:00:00Z",
      "<time as RFC 3339> → <another time as RFC 3339>",
    ],
    ["null", "Tag", () => null, '"" (text) → null'],
    ["a list in its place", "Tag", () => [], '"" (text) → an empty list'],
  ];
  test.each(changed)("%s", (_, name, value, told) => {
    const [member = ""] = name.split("/");
    const other: Make = (run) => ({ Response: { ...whole(run).Response, [member]: value(run) } });
    expect(parted(whole, other)).toEqual([`/Response/${name}: ${told}`]);
  });

  test("a code, an HTTP status, a content type, a body that is none", () => {
    const refused =
      (Code: string): Make =>
      () => ({ Response: { Error: { Code, Message: Code } } });
    expect(parted(refused("A"), refused("B"))).toEqual(['/Response/Error/Code: "A" → "B"']);
    expect(parted(whole, () => "")).toEqual(["body: JSON → none"]);
    expect(parted(() => "<html>", whole)).toEqual(["body: not JSON → JSON"]);
    const one = caseOf(exchange(first, "judged", {}, {}));
    const teapot = exchange(second, "judged", {}, {}, 418);
    const plain = { ...teapot, response: { ...teapot.response, headers: [["content-type", "text/plain"]] as const } };
    expect(compareResponses(one, caseOf(plain), first.header, second.header)?.differences).toEqual([
      { location: "status", before: "200", after: "418" },
      { location: "header:content-type", before: "application/json", after: "text/plain" },
    ]);
    const silent = caseOf({ ...teapot, response: { reason: "timeout", detail: "no answer within 10 s" } });
    expect(compareResponses(one, silent, first.header, second.header)?.differences).toEqual([
      { location: "status", before: "200", after: "none: timeout" },
    ]);
  });

  test("the shape of the items of a list of the target's", () => {
    const list =
      (item: (run: Run, name: string) => Json): Make =>
      (run) => ({ Groups: run.others.map((name) => item(run, name)) });
    const plain = list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.at, N: 1 }));
    expect(
      parted(
        plain,
        list((run) => ({ Members: [], CreateTime: run.at, N: 1 })),
      ),
    ).toEqual(["/Groups/0/GroupId: <name of this run> → absent"]);
    expect(
      parted(
        plain,
        list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.at, N: "1" })),
      ),
    ).toEqual(['/Groups/0/N: 1 (number) → "1" (text)']);
    expect(
      parted(
        plain,
        list((run, GroupId) => ({ GroupId, Members: null, CreateTime: run.at, N: 1 })),
      ),
    ).toEqual(["/Groups/0/Members: an empty list → null"]);
    const other = list((run, GroupId) => ({
      GroupId,
      Members: [],
      CreateTime: run.at.slice(0, 19).replace("T", " "),
      N: 1,
    }));
    for (const asked of [ask, () => ({})])
      expect(parted(plain, other, asked)).toEqual([
        "/Groups/0/CreateTime: <time as RFC 3339> → <time as YYYY-MM-DD hh:mm:ss>",
      ]);
    expect(parted(plain, () => ({ Groups: {} }))).toEqual(["/Groups: a list of 2 → an object"]);
    // Of a list of a thing of the run its own values count.
    expect(
      parted(
        plain,
        list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.at, N: 2 })),
      ),
    ).toEqual(["/Groups/0/N: 1 → 2"]);
  });

  test("the order of a list that is not sorted by anything", () => {
    const asked: Make = ({ group, person, others }) => ({
      Ids: [person, group, ...others.slice(0, 2)].sort().reverse(),
    });
    const same: Make = (run) => ({ Done: (asked(run) as { Ids: string[] }).Ids });
    const turned: Make = (run) => ({ Done: (asked(run) as { Ids: string[] }).Ids.toReversed() });
    expect(parted(same, same, asked)).toEqual([]);
    expect(parted(same, turned, asked)[0]).toBe("/Done/0: <Ids.0> → <Ids.3>");
  });

  test("five places at most", () => {
    const many =
      (value: number): Make =>
      () =>
        Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}`, value]));
    expect(parted(many(1), many(2))).toHaveLength(5);
  });
});

describe("what cannot be compared", () => {
  const told = exchange(first, "judged", {}, { N: 1 });

  test("an answer that one log holds", () => {
    expect(compareResponses(caseOf(told), caseOf(), first.header, second.header)).toBeNull();
    expect(compareResponses(caseOf(), caseOf(told), first.header, second.header)).toBeNull();
  });

  test("a body that a log cuts: its status and type still are", () => {
    const long = { ...told.response, status: 201, body: { text: '{"N', bytes: 99_999, sha256: "ab" } };
    const held = compareResponses(caseOf(told), caseOf({ ...told, response: long }), first.header, second.header);
    expect(held).toEqual({ compared: 1, cut: 1, differences: [{ location: "status", before: "200", after: "201" }] });
  });

  test("a body that would take a day: a list of lists of lists", () => {
    const tower = (leaf: string): string => {
      const of = (inside: string) => `[${Array.from({ length: 20 }, () => inside).join(",")}]`;
      return of(of(of(leaf)));
    };
    const [one, other] = [tower('"g-09yu3q50afw4dx1"'), tower("1")].map((text, i) =>
      caseOf(exchange(i === 0 ? first : second, "judged", {}, text)),
    );
    expect(compareResponses(one ?? caseOf(), other ?? caseOf(), first.header, second.header)).toEqual({
      compared: 1,
      cut: 1,
      differences: [],
    });
  });

  test("a hostile body: ten thousand lists in one another, a member named __proto__, a million digits", () => {
    const deep = `${"[".repeat(8000)}${"]".repeat(8000)}`;
    expect(
      parted(
        () => deep,
        () => deep,
      ),
    ).toEqual([]);
    expect(
      parted(
        () => '{"__proto__":1}',
        () => '{"__proto__":2}',
      ),
    ).toEqual(["/__proto__: 1 → 2"]);
    expect(
      parted(
        () => '{"__proto__":1}',
        () => "{}",
      ),
    ).toEqual(["/__proto__: 1 → absent"]);
    const [one = ""] = parted(
      () => '{"N":"a"}',
      () => JSON.stringify({ N: "9".repeat(16_000) }),
    );
    expect(one.length).toBeLessThan(300);
  });
});
