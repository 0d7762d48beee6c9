/** The responses to the same call in two runs: values that belong to a run are no difference, all others are. */
import { describe, expect, test } from "vitest";
import { makeHeader, verdictOf } from "../../../reports/testing/laws.ts";
import type { Header, Json, RecordedExchange, Verdict } from "../../model/index.ts";
import { compareResponses } from "./compare-responses.ts";

/** The values of a response that change from run to run. */
interface Run {
  readonly header: Header;
  /** The time of the exchange, RFC 3339. */
  readonly time: string;
  /** Names that the run created and the request contains. */
  readonly group: string;
  readonly person: string;
  /** Names that the run created for other cases. */
  readonly others: readonly string[];
  readonly requestId: string;
  /** An id that the target assigned. */
  readonly assignedId: string;
}

function runOf(run: string, started: string, prefixes: readonly string[], n: number): Run {
  const [group = "", person = "", ...others] = prefixes.map((prefix, i) => `${prefix}-${run}x${i}`);
  return {
    header: makeHeader({ run, target: "t", seed: n, select: [], started, rerun: "" }),
    time: new Date(Date.parse(started) + 61_000).toISOString(),
    group,
    person,
    others,
    requestId: `0000000${n}-1111-4222-8333-444444444444`,
    assignedId: `u-00000000000${n}`,
  };
}

const first = runOf("09yu3q50afw4d", "2026-11-21T19:02:05.550Z", ["Avon", "Zoe", "Yard", "Abel"], 1);
const second = runOf("08jdywn6rab9x", "2026-11-23T08:12:45.001Z", ["Wye", "Bob", "Cam", "Dee", "Eve"], 2);

const exchange = (run: Run, role: "before" | "judged", sent: Json, received: Json | string, status = 200) =>
  ({
    role,
    action: "p/s/CreateGroup",
    request: { method: "POST", url: "http://127.0.0.1:1/", headers: [], body: bodyOf(sent) },
    response: { status, headers: [["Content-Type", "application/json"]], body: bodyOf(received) },
    started: run.time,
    durationMs: 1,
  }) satisfies RecordedExchange;

function bodyOf(value: Json | string) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { text, bytes: Buffer.byteLength(text) };
}

const verdictWith = (...exchanges: readonly RecordedExchange[]): Verdict => verdictOf(0, "passed", { exchanges });

type BodyOf = (run: Run) => Json | string;

const baseRequest: BodyOf = ({ group, person }) => ({
  GroupId: group,
  PersonIds: [person],
  Limit: 10,
  Word: "Enabled",
});

const members = { a: new Set<string>(), b: new Set<string>() };
/** Compares a case of the first run with the same case of the second. */
const compareVerdicts = (a: Verdict, b: Verdict) => compareResponses(a, b, first.header, second.header, members);

/** The differences of the response of the second run from that of the first. */
function diff(before: BodyOf, after: BodyOf, request: BodyOf = baseRequest): string[] {
  const a = verdictWith(exchange(first, "judged", request(first) as Json, before(first)));
  const b = verdictWith(exchange(second, "judged", request(second) as Json, after(second)));
  const comparison = compareVerdicts(a, b);
  expect(comparison?.compared).toBe(1);
  return (comparison?.differences ?? []).map(({ location, before, after }) => `${location}: ${before} → ${after}`);
}

const unixSeconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** A response with each kind of value that changes from run to run, and constants. */
const allKinds = (run: Run) => ({
  Response: {
    GroupId: run.group,
    SucPersonIds: [run.person],
    Arn: `arn:aws:s:${run === first ? "us-east-1" : "eu-west-1"}:${run === first ? "123456789012" : "210987654321"}:group/${run.group}`,
    Text: `${run.group} has one`,
    FaceId: run.assignedId,
    CreateTime: run.time.slice(0, 19).replace("T", " "),
    UpdateTime: run.time,
    CreationTimestamp: unixSeconds(run.time),
    Millis: Date.parse(run.time),
    Date: new Date(run.time).toUTCString(),
    MaxResults: 10,
    Status: "Enabled",
    Version: "3.0",
    Flag: true,
    Logref: run.requestId,
    GroupName: `${run.others[0]}`,
    Tag: "",
    Message: `no ${run.group} ${run.requestId}`,
    RequestId: run.requestId,
  } as { [member: string]: Json },
});

describe("values of a run", () => {
  test("are no difference: ids, times, tokens, message texts, values of the request", () => {
    expect(diff(allKinds, allKinds)).toEqual([]);
  });

  test("are no difference in a merged run, whose resources have the ids of its shards", () => {
    const shards = [{ index: 1, run: first.header.run }, { index: 2, run: second.header.run }, { index: 3 }];
    const merged = { ...second.header, run: "0000000000000", shards };
    const verdict = (run: Run) => verdictWith(exchange(run, "judged", baseRequest(run) as Json, allKinds(run)));
    expect(compareResponses(verdict(first), verdict(second), first.header, merged, members)?.differences).toEqual([]);
  });

  test("are no difference in a list of resources of the target: their number, their ids, and whether there are more pages", () => {
    const list: BodyOf = (run) => ({
      Groups: run.others.map((name) => ({ GroupId: name, GroupName: name, Type: "Manual", CreateTime: run.time })),
      TotalCounts: run.others.length,
      IsTruncated: run === first,
      ...(run === first ? { NextToken: "after-8-up" } : {}),
    });
    expect(diff(list, list)).toEqual([]);
    const none: BodyOf = () => ({ Groups: [], TotalCounts: 0, IsTruncated: false });
    expect(diff(list, none)).toEqual([]);
    expect(diff(none, list)).toEqual([]);
    // On the last page some targets send an empty token, others none.
    for (const token of ["", null]) {
      const last: BodyOf = (run) => ({ ...(list(run) as object), NextToken: token, IsTruncated: false });
      const more: BodyOf = (run) => ({ ...(list(run) as object), NextToken: "after-8-up", IsTruncated: true });
      expect([...diff(last, more), ...diff(more, last)]).toEqual([]);
    }
    const number: BodyOf = (run) => ({ ...(list(run) as object), NextToken: 7 });
    expect(diff(number, (run) => ({ ...(list(run) as object), NextToken: "7" }))).toHaveLength(1);
  });

  test("are no difference in the time of the last change of a resource that the run did not create", () => {
    const zone =
      (timeOf: (run: Run) => string): BodyOf =>
      (run) => ({ ZoneId: "z-given", UpdateTime: timeOf(run) });
    const [recently, longAgo] = [zone(({ time }) => time), zone(() => "2020-01-01T00:00:00Z")];
    expect(diff(recently, longAgo, () => ({ ZoneId: "z-given" }))).toEqual([]);
    expect(diff(recently, longAgo)).toHaveLength(1);
    const otherFormat = zone(() => "2020-01-01 00:00:00");
    expect(diff(recently, otherFormat, () => ({ ZoneId: "z-given" }))).toHaveLength(1);
  });

  test("are no difference in the account and region of a resource name", () => {
    const qcs =
      (region: string, uin: string): BodyOf =>
      ({ group }) => ({ R: `qcs::iai:${region}:uin/${uin}:group/${group}` });
    expect(diff(qcs("ap-guangzhou", "100000000001"), qcs("na-siliconvalley", "100000000002"))).toEqual([]);
    const plain: BodyOf = ({ group }) => ({ R: `urn:x:y:eu-west-1:z/${group}` });
    expect(diff(plain, ({ group }) => ({ R: `urn:x:y:us-east-1:z/${group}` }))).toHaveLength(1);
  });

  test("are no difference in a request id of any form, also where it is repeated, and in a token", () => {
    const repeated: BodyOf = ({ time }) => ({
      RequestId: `no uuid ${time}`,
      Logref: `no uuid ${time}`,
      NextToken: `after ${time}!`,
    });
    expect(diff(repeated, repeated)).toEqual([]);
    const another: BodyOf = (run) => ({ ...(repeated(run) as object), Logref: "another" });
    expect(diff(repeated, another)).toEqual(['/Logref: <request id> → "another"']);
  });

  test("are no difference in values of an earlier response of the case", () => {
    const verdicts = [first, second].map((run) =>
      verdictWith(
        exchange(run, "before", { Name: run.group }, { User: { Key: `${run.assignedId}!`, Count: 1 } }),
        exchange(run, "judged", {}, { Owner: `${run.assignedId}!` }),
      ),
    );
    const [a = verdictWith(), b = verdictWith()] = verdicts;
    expect(compareVerdicts(a, b)?.differences).toEqual([]);
  });

  test("are no difference in the order of a list that is sorted by them, and neither is the order of concurrent responses", () => {
    const request: BodyOf = ({ group, person }) => ({ Ids: [group, person] });
    const sorted: BodyOf = ({ group, person }) => ({ Done: [group, person].sort() });
    expect(first.group < first.person).not.toBe(second.group < second.person);
    expect(diff(sorted, sorted, request)).toEqual([]);
    const [accepted, refused] = [{ Result: 1 }, { Result: 2 }];
    const concurrent = (run: Run, ...bodies: Json[]) =>
      verdictWith(...bodies.map((body) => exchange(run, "judged", {}, body)));
    const comparison = compareVerdicts(
      concurrent(first, accepted, refused, refused),
      concurrent(second, refused, refused, accepted),
    );
    expect(comparison).toEqual({ compared: 3, bodiesNotCompared: 0, differences: [] });
    const otherResults = compareVerdicts(
      concurrent(first, accepted, refused, refused),
      concurrent(second, accepted, accepted, refused),
    );
    expect(otherResults?.differences).toEqual([{ location: "/Result", before: "2", after: "1" }]);
  });
});

describe("everything else is a difference", () => {
  test("a resource name that ends in another id of the request", () => {
    const arnOf =
      (idOf: (run: Run) => string): BodyOf =>
      (run) => ({ Arn: `arn:aws:s:r:1:thing/${idOf(run)}` });
    const [group, person] = [arnOf((run) => run.group), arnOf((run) => run.person)];
    expect(diff(group, group)).toEqual([]);
    expect(diff(group, person)).toEqual([
      '/Arn: "arn:aws:s:r:1:thing/<GroupId>" → "arn:aws:s:r:1:thing/<PersonIds.0>"',
    ]);
  });

  const members = Object.keys(allKinds(first).Response);

  test.each(members)("a missing member: %s", (name) => {
    const without: BodyOf = (run) => {
      const { [name]: _, ...rest } = allKinds(run).Response;
      return { Response: rest };
    };
    expect(diff(allKinds, without).map((difference) => difference.split(":")[0])).toEqual([`/Response/${name}`]);
    expect(diff(without, allKinds).map((difference) => difference.split(":")[0])).toEqual([`/Response/${name}`]);
  });

  test.each(members)("another type: %s", (name) => {
    const otherType: BodyOf = (run) => {
      const { Response } = allKinds(run);
      const value = Response[name];
      const other = Array.isArray(value) ? {} : typeof value === "string" ? 7 : String(value);
      return { Response: { ...Response, [name]: other } };
    };
    expect(diff(allKinds, otherType).map((difference) => difference.split(":")[0])).toEqual([`/Response/${name}`]);
  });

  const changed: readonly (readonly [title: string, name: string, value: (run: Run) => Json, expected: string])[] = [
    ["an id exchanged for another of the request", "GroupId", (run) => run.person, "<GroupId> → <PersonIds.0>"],
    ["an id that the target assigned", "GroupId", () => "g-1", "<GroupId> → <some GroupId>"],
    ["an id in lower case", "GroupId", (run) => run.group.toLowerCase(), "<GroupId> → <name of this run>"],
    ["another item", "SucPersonIds/0", (run) => [run.group], "<PersonIds.0> → <GroupId>"],
    ["an additional item", "SucPersonIds", (run) => [run.person, run.person], "a list of 1 → a list of 2"],
    ["no item", "SucPersonIds", () => [], "a list of 1 → an empty list"],
    ["another constant", "Version", () => "4.0", '"3.0" → "4.0"'],
    ["another text than that of the request", "Status", () => "Disabled", '<Word> → "Disabled"'],
    ["another number than that of the request", "MaxResults", () => 11, "<Limit> → 11"],
    ["another flag", "Flag", () => false, "true → false"],
    ["an empty id", "FaceId", () => "", '<some FaceId> → ""'],
    [
      "a time in another text format",
      "CreateTime",
      (run) => run.time,
      "<time as YYYY-MM-DD hh:mm:ss> → <time as RFC 3339>",
    ],
    [
      "a time in another unit",
      "CreationTimestamp",
      (run) => Date.parse(run.time),
      "<time in seconds> → <time in milliseconds>",
    ],
    [
      "a time that is not near the run",
      "UpdateTime",
      () => "2020-01-01T00:00:00Z",
      "<time as RFC 3339> → <another time as RFC 3339>",
    ],
    ["null", "Tag", () => null, '"" (text) → null'],
    ["a list in place of a text", "Tag", () => [], '"" (text) → an empty list'],
  ];
  test.each(changed)("%s", (_, name, value, expected) => {
    const [member = ""] = name.split("/");
    const other: BodyOf = (run) => ({ Response: { ...allKinds(run).Response, [member]: value(run) } });
    expect(diff(allKinds, other)).toEqual([`/Response/${name}: ${expected}`]);
  });

  test("a code, an HTTP status, a content type, a missing body", () => {
    const refused =
      (Code: string): BodyOf =>
      () => ({ Response: { Error: { Code, Message: Code } } });
    expect(diff(refused("A"), refused("B"))).toEqual(['/Response/Error/Code: "A" → "B"']);
    expect(diff(allKinds, () => "")).toEqual(["body: JSON → none"]);
    expect(diff(() => "<html>", allKinds)).toEqual(["body: not JSON → JSON"]);
    const ok = verdictWith(exchange(first, "judged", {}, {}));
    const teapot = exchange(second, "judged", {}, {}, 418);
    const plain = { ...teapot, response: { ...teapot.response, headers: [["content-type", "text/plain"]] as const } };
    expect(compareVerdicts(ok, verdictWith(plain))?.differences).toEqual([
      { location: "status", before: "200", after: "418" },
      { location: "header:content-type", before: "application/json", after: "text/plain" },
    ]);
    const noResponse = verdictWith({ ...teapot, response: { reason: "timeout", detail: "no response within 10 s" } });
    expect(compareVerdicts(ok, noResponse)?.differences).toEqual([
      { location: "status", before: "200", after: "none: timeout" },
    ]);
  });

  test("the shape of the items of a list of resources of the target", () => {
    const list =
      (item: (run: Run, name: string) => Json): BodyOf =>
      (run) => ({ Groups: run.others.map((name) => item(run, name)) });
    const plain = list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.time, N: 1 }));
    expect(
      diff(
        plain,
        list((run) => ({ Members: [], CreateTime: run.time, N: 1 })),
      ),
    ).toEqual(["/Groups/0/GroupId: <name of this run> → absent"]);
    expect(
      diff(
        plain,
        list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.time, N: "1" })),
      ),
    ).toEqual(['/Groups/0/N: 1 (number) → "1" (text)']);
    expect(
      diff(
        plain,
        list((run, GroupId) => ({ GroupId, Members: null, CreateTime: run.time, N: 1 })),
      ),
    ).toEqual(["/Groups/0/Members: an empty list → null"]);
    const other = list((run, GroupId) => ({
      GroupId,
      Members: [],
      CreateTime: run.time.slice(0, 19).replace("T", " "),
      N: 1,
    }));
    for (const request of [baseRequest, () => ({})])
      expect(diff(plain, other, request)).toEqual([
        "/Groups/0/CreateTime: <time as RFC 3339> → <time as YYYY-MM-DD hh:mm:ss>",
      ]);
    expect(diff(plain, () => ({ Groups: {} }))).toEqual(["/Groups: a list of 2 → an object"]);
    // Which item a page shows depends on other cases, so its values are not compared.
    const otherValue = list((run, GroupId) => ({ GroupId, Members: [], CreateTime: run.time, N: 2 }));
    expect(diff(plain, otherValue)).toEqual([]);
  });

  test("the order of a list that is not sorted", () => {
    const request: BodyOf = ({ group, person, others }) => ({
      Ids: [person, group, ...others.slice(0, 2)].sort().reverse(),
    });
    const same: BodyOf = (run) => ({ Done: (request(run) as { Ids: string[] }).Ids });
    const reversed: BodyOf = (run) => ({ Done: (request(run) as { Ids: string[] }).Ids.toReversed() });
    expect(diff(same, same, request)).toEqual([]);
    expect(diff(same, reversed, request)[0]).toBe("/Done/0: <Ids.0> → <Ids.3>");
  });

  test("of which five at most are listed", () => {
    const many =
      (value: number): BodyOf =>
      () =>
        Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}`, value]));
    expect(diff(many(1), many(2))).toHaveLength(5);
  });
});

describe("responses that cannot be compared", () => {
  const complete = exchange(first, "judged", {}, { N: 1 });

  test("a response that only one log has", () => {
    expect(compareVerdicts(verdictWith(complete), verdictWith())).toBeNull();
    expect(compareVerdicts(verdictWith(), verdictWith(complete))).toBeNull();
  });

  test("a body that a log truncates: status and content type are compared", () => {
    const long = { ...complete.response, status: 201, body: { text: '{"N', bytes: 99_999, sha256: "ab" } };
    const comparison = compareVerdicts(verdictWith(complete), verdictWith({ ...complete, response: long }));
    expect(comparison).toEqual({
      compared: 1,
      bodiesNotCompared: 1,
      differences: [{ location: "status", before: "200", after: "201" }],
    });
  });

  test("a body with too many values: nested lists", () => {
    const nestedLists = (leaf: string): string => {
      const listOf = (item: string) => `[${Array.from({ length: 20 }, () => item).join(",")}]`;
      return listOf(listOf(listOf(leaf)));
    };
    const [one, other] = [nestedLists('"g-09yu3q50afw4dx1"'), nestedLists("1")].map((text, i) =>
      verdictWith(exchange(i === 0 ? first : second, "judged", {}, text)),
    );
    expect(compareVerdicts(one ?? verdictWith(), other ?? verdictWith())).toEqual({
      compared: 1,
      bodiesNotCompared: 1,
      differences: [],
    });
  });

  const diffTexts = (before: string, after: string) =>
    diff(
      () => before,
      () => after,
    );

  test("a hostile body: thousands of nested lists, a member named __proto__, a very long number", () => {
    const deep = `${"[".repeat(8000)}${"]".repeat(8000)}`;
    expect(diffTexts(deep, deep)).toEqual([]);
    expect(diffTexts('{"__proto__":1}', '{"__proto__":2}')).toEqual(["/__proto__: 1 → 2"]);
    expect(diffTexts('{"__proto__":1}', "{}")).toEqual(["/__proto__: 1 → absent"]);
    const [one = ""] = diffTexts('{"N":"a"}', JSON.stringify({ N: "9".repeat(16_000) }));
    expect(one.length).toBeLessThan(300);
  });
});
