/** HAR entries: recorded facts, unknown ones marked as unknown, none invented. */
import type { Har } from "har-format";
import { describe, expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Header, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { textOf } from "../report.ts";
import { footerOf, verdictOf } from "../testing/laws.ts";
import { toHarEntry } from "./entry.ts";
import { harReport } from "./har.ts";

const header = { assay: "1", started: "2026-01-02T03:04:05.678Z", select: ["**"], rerun: "" } as unknown as Header;
const body = { text: "{}", bytes: 2 };
const exchange: RecordedExchange = {
  role: "judged",
  action: "p/s/Act",
  request: { method: "POST", url: "http://127.0.0.1:8080/", headers: [["Content-Type", "application/json"]], body },
  response: { status: 302, headers: [["location", "/else"]], body: { text: "moved", bytes: 5 } },
  started: "2026-01-02T03:04:06.000Z",
  durationMs: 3.5,
};
type Request = RecordedExchange["request"];

const entry = (overrides: Partial<RecordedExchange> = {}, verdict: Verdict = verdictOf(0, "failed")) =>
  toHarEntry(header, verdict, { ...exchange, ...overrides });
const entryWithRequest = (overrides: Partial<Request>) => entry({ request: { ...exchange.request, ...overrides } });

test("an exchange keeps its time, method, headers and both bodies", () => {
  expect(entry()).toMatchObject({
    startedDateTime: "2026-01-02T03:04:06.000Z",
    time: 3.5,
    request: { method: "POST", postData: { mimeType: "application/json", text: "{}" }, bodySize: 2 },
    response: { status: 302, redirectURL: "/else", content: { size: 5, text: "moved" } },
    timings: { send: 0, wait: 3.5, receive: 0, dns: -1 },
    _assay: { case: "p/s/Act/valid/case-0@tc3-post", role: "judged", status: "failed" },
  });
});

describe("a URL", () => {
  test.each([
    ["http://[::1]:8080/a?b=c%20d", "http://[::1]:8080/a?b=c%20d"],
    ["http://h/?Signature=[redacted]&b=1", "http://h/?Signature=%5Bredacted%5D&b=1"],
    ["http://h/a b#c|%zz\ud800", "http://h/a%20b%23c%7C%25zz%EF%BF%BD"],
    ["http://h:1x/", "unknown:http://h:1x/"],
    ["", "unknown:"],
  ])("%s becomes the URI %s, and the recorded text is kept where it differs", (url, uri) => {
    const { request, _assay } = entryWithRequest({ url });
    expect(request.url).toBe(uri);
    expect((_assay as { url?: string }).url).toBe(url === uri ? undefined : url);
  });
  test("has its names decoded and its values encoded, with repeated names, in order", () => {
    const { request } = entryWithRequest({ url: "http://h/?b=%E4%B8%AD+x&a=&b=[redacted]" });
    expect(request.queryString.map(({ name, value }) => [name, value])).toEqual([
      ["b", "%E4%B8%AD%20x"],
      ["a", ""],
      ["b", "%5Bredacted%5D"],
    ]);
  });
  test.each(["100%25%26x%23y", "%2541", "p%20q+r", "%FF", "%zz", "a#b", "%E4%B8%AD", "\ud800", "%26%3D%3F%2B"])(
    "with the value %s: a converter that decodes it, such as har-to-k6, finds the value of the URL",
    (value) => {
      const { url, queryString } = entryWithRequest({ url: `http://h/?a=${value}&b=1` }).request;
      const { searchParams } = new URL(url);
      expect(queryString.map((pair) => [pair.name, decodeURIComponent(pair.value)])).toEqual([...searchParams]);
      expect(searchParams.get("b")).toBe("1");
    },
  );
});

test("a body that the log holds in part has a comment", () => {
  const truncatedBody = { text: "é".repeat(10), bytes: 20_000, sha256: "0f" };
  const { request, response } = entry({
    request: { ...exchange.request, body: truncatedBody },
    response: { status: 200, headers: [], body: truncatedBody },
  });
  const comment = "the first 20 of 20000 bytes; SHA-256 of the whole: 0f";
  expect(request).toMatchObject({ bodySize: 20_000, postData: { comment } });
  expect(response).toMatchObject({ bodySize: 20_000, content: { size: 20_000, comment } });
  expect(entry().response.content.comment).toBeUndefined();
});

test("a request without a body has no postData", () => {
  expect(entryWithRequest({ method: "GET", body: { text: "", bytes: 0 } }).request.postData).toBeUndefined();
});

test("without a response the status is 0, and _error is the reason", () => {
  const { response } = entry({ response: { reason: "timeout", detail: "no byte within 10 s" } });
  expect(response).toMatchObject({ status: 0, headers: [], bodySize: -1, content: { size: 0 } });
  expect(response).toHaveProperty("_error", "timeout: no byte within 10 s");
  expect(entry().response).not.toHaveProperty("_error");
});

test("the time of sending is never invented", () => {
  const { started: _, ...older } = exchange;
  const withRunStart = toHarEntry(header, verdictOf(0, "failed"), older);
  expect([withRunStart.startedDateTime, withRunStart.timings.comment]).toEqual([
    header.started,
    "the log does not hold the time of sending; this is the start of the run",
  ]);
  const withoutStart = toHarEntry({ ...header, started: "at noon" }, verdictOf(0, "failed"), older);
  expect([withoutStart.startedDateTime, withoutStart.timings.comment]).toEqual([
    "1970-01-01T00:00:00.000Z",
    "the log does not hold the time of sending",
  ]);
  expect(entry().timings.comment).toBeUndefined();
});

describe("the comment", () => {
  test.each<[string, Partial<RecordedExchange>, Verdict, string]>([
    ["of a failed case", {}, verdictOf(0, "failed"), ', failed: code: /Code must be A, but is "B".'],
    ["of one without a verdict", {}, verdictOf(0, "indeterminate", { reason: "busy" }), ", indeterminate: busy"],
    ["of a passed case", {}, verdictOf(0, "passed"), ", passed"],
  ])("%s has its status and findings", (_, overrides, verdict, end) => {
    expect(entry(overrides, verdict).comment).toBe(`judged call of ${verdict.id}${end}`);
  });
  test("of another call has the case, but no status", () => {
    expect(entry({ role: "control" }).comment).toBe("control of p/s/Act/valid/case-0@tc3-post");
  });
});

describe("a control", () => {
  const control: RecordedExchange = { ...exchange, role: "control" };
  const failedWith = (n: number, ...exchanges: RecordedExchange[]) =>
    verdictOf(n, "failed", { exchanges: [...exchanges, { ...exchange, durationMs: n }] });
  const entriesOf = (verdicts: readonly Verdict[]) => {
    const { log } = JSON.parse(textOf(harReport, recordingInMemory(header, verdicts, footerOf(verdicts)))) as Har;
    return log.entries.map(({ comment: comment2, _assay }) => {
      const { case: id, role, cases, control: controlCase } = _assay as Record<string, unknown>;
      return { of: String(id).replace(/^.*case-(\d+)@.*$/, "$1"), role, cases, at: controlCase, words: comment2 };
    });
  };

  test("of several cases is written once, with the first of them, and the others refer to that one", () => {
    const entryFacts = entriesOf([failedWith(0, control), failedWith(1, control), failedWith(2, control)]);
    expect(entryFacts.map(({ of, role, cases }) => [of, role, cases])).toEqual([
      ["0", "control", 3],
      ["0", "judged", undefined],
      ["1", "judged", undefined],
      ["2", "judged", undefined],
    ]);
    expect(entryFacts[0]?.words).toBe("control of p/s/Act/valid/case-0@tc3-post and 2 more cases");
    expect(entryFacts.map(({ at: controlCase }) => controlCase)).toEqual([
      undefined,
      undefined,
      "p/s/Act/valid/case-0@tc3-post",
      "p/s/Act/valid/case-0@tc3-post",
    ]);
  });

  test.each<[string, Partial<RecordedExchange>]>([
    ["was sent at another time", { started: "2026-01-02T03:04:07.000Z" }],
    ["was sent to another URL", { request: { ...exchange.request, url: "http://127.0.0.1:8081/" } }],
    ["had another body", { request: { ...exchange.request, body: { text: "[]", bytes: 2 } } }],
    ["got another response", { response: { reason: "reset", detail: "" } }],
  ])("that %s is another control", (_, overrides) => {
    const entryFacts = entriesOf([failedWith(0, control), failedWith(1, { ...control, ...overrides })]);
    expect(entryFacts.map(({ role }) => role)).toEqual(["control", "judged", "control", "judged"]);
    expect(entryFacts.every(({ cases, at: controlCase }) => cases === undefined && controlCase === undefined)).toBe(
      true,
    );
  });

  test("of an older log without the time of sending is written with each case, as any other call", () => {
    const { started: _, ...older } = control;
    expect(entriesOf([failedWith(0, older), failedWith(1, older)])).toHaveLength(4);
    const setup: RecordedExchange = { ...exchange, role: "setup" };
    expect(entriesOf([failedWith(0, setup), failedWith(1, setup)])).toHaveLength(4);
  });
});

test("the comment of a log without exchanges says how to record them", () => {
  const logComment = (verdict: Verdict) =>
    (JSON.parse(textOf(harReport, recordingInMemory(header, [verdict], footerOf([verdict])))) as Har).log.comment;
  expect(logComment(verdictOf(0, "passed"))).toMatch(
    / \| the log holds no exchange; assay run --record all also records those of passed cases$/,
  );
  expect(logComment(verdictOf(0, "passed", { exchanges: [exchange] }))).not.toContain("--record");
});

test("passed cases have entries where their exchanges were recorded", () => {
  const verdicts = [verdictOf(0, "passed", { exchanges: [exchange, exchange] }), verdictOf(1, "passed")];
  const { log } = JSON.parse(textOf(harReport, recordingInMemory(header, verdicts, footerOf(verdicts)))) as Har;
  expect(log.entries).toHaveLength(2);
});
