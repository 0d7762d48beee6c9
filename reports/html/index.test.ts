/** The content of report.html, and its size. */
import { expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Finding, RecordedExchange, RequestMutation, Verdict } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { textOf } from "../report.ts";
import { footerOf, makeHeader, verdictOf } from "../testing/laws.ts";
import { indentJson } from "./exchange/format-json.ts";
import { htmlReport } from "./index.ts";

const renderPage = (verdicts: readonly Verdict[]): string =>
  textOf(htmlReport, recordingInMemory({ ...header, select: [] }, verdicts, footerOf(verdicts)));

const header = makeHeader({ select: [], rerun: "npm run assay -- run --seed 1 --verbose --select {id}" });

function exchangeOf(role: RecordedExchange["role"], members: object): RecordedExchange {
  const text = JSON.stringify(members);
  const headers: [string, string][] = [
    ["Host", "iai.example"],
    ["X-TC-Timestamp", role],
    ["Content-Type", "application/json"],
  ];
  return {
    role,
    action: "p/s/Act",
    request: { method: "POST", url: "https://iai.example/", headers, body: { text, bytes: text.length } },
    response: { status: 200, headers: [], body: { text: `{"Response":{"RequestId":"${role}"}}`, bytes: 40 } },
    durationMs: 3,
  };
}

const failedVerdict = (n: number, location: string, overrides: Partial<Verdict> = {}): Verdict =>
  verdictOf(n, "failed", {
    id: `p/s/Act/boundary/GroupId/${n}-bytes-of-a-longer-name@tc3-post`,
    title: "MUST refuse GroupId of 65 bytes (ascii)",
    findings: [{ check: "code", level: "must", location, expected: ["A"], actual: "B" }],
    deviations: [{ op: "set", path: "/GroupId" }],
    exchanges: [
      exchangeOf("control", { GroupId: "good", Name: "one" }),
      exchangeOf("judged", { GroupId: "x".repeat(1500), Name: "two" }),
    ],
    ...overrides,
  });

const passedVerdict = (n: number): Verdict =>
  verdictOf(n, "passed", { id: `p/s/Act/illegal-charset/GroupId/accented-letter-inside-${n}@tc3-post` });

test.each([
  ["one cause", () => "/Code"],
  ["200 causes", (n: number) => `/Code/${n}`],
])("5,000 cases of which 200 failed, %s: under 2 MB", (_, locationOf) => {
  const verdicts = Array.from({ length: 5000 }, (_, n) =>
    n < 200 ? failedVerdict(n, locationOf(n)) : passedVerdict(n),
  );
  const text = renderPage(verdicts);
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  expect(text.match(/<details class="case"/g)).toHaveLength(200);
  expect(text.match(/<tr id="c/g)).toHaveLength(4800);
});

/** Large responses of different forms: many small members, nested lists, quotes, invisible characters, one text. */
test.each([
  ["small members", JSON.stringify(Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`m${n}`, n])))],
  ["nested lists", "[".repeat(8000) + "]".repeat(8000)],
  ["quotes", JSON.stringify('"'.repeat(8000))],
  ["invisible", "\u200b\u200c".repeat(4000)],
  ["text", "x".repeat(16_000)],
])("5,000 cases of which 200 failed, 200 causes, long responses: under 2 MB: %s", (_, bodyText) => {
  const body = { text: bodyText, bytes: 16_384 };
  const exchangeWithBody = (role: RecordedExchange["role"]) => ({
    ...exchangeOf(role, { GroupId: bodyText }),
    response: { status: 200, headers: [], body },
  });
  const exchanges = [
    exchangeWithBody("control"),
    exchangeWithBody("judged"),
    exchangeWithBody("judged"),
    exchangeWithBody("probe"),
    exchangeWithBody("probe"),
  ];
  const verdicts = Array.from({ length: 5000 }, (_, n) =>
    n < 200 ? failedVerdict(n, `/Code/${n}`, { exchanges }) : passedVerdict(n),
  );
  const text = renderPage(verdicts);
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  expect(text.match(/<details class="case"/g)).toHaveLength(200);
});

test("each of a few cases has its HTTP exchanges, also where one of them is large", () => {
  const longExchange = exchangeOf("judged", { GroupId: "x".repeat(16_000) });
  const verdicts = [
    failedVerdict(0, "/A", { exchanges: Array(8).fill(longExchange) }),
    failedVerdict(1, "/B"),
    failedVerdict(2, "/C"),
  ];
  expect(renderPage(verdicts).match(/<h4>HTTP exchange/g)?.length).toBeGreaterThanOrEqual(3);
  expect(renderPage(verdicts)).not.toContain("are shown for some cases only");
});

test("of many cases without a response the first of each cause have details, the others a row with the reason", () => {
  const undecided = (n: number) => verdictOf(n, "indeterminate", { reason: `reason ${n % 2}` });
  const shortPage = renderPage(Array.from({ length: 200 }, (_, n) => undecided(n)));
  expect(shortPage.match(/<details class="case"/g)).toHaveLength(200);
  const longPage = renderPage(Array.from({ length: 5000 }, (_, n) => undecided(n)));
  expect(longPage.match(/<details class="case"/g)).toHaveLength(6);
  expect(longPage.match(/<tr id="c\d+"><td class="indeterminate">.*<td>reason [01]<td/g)).toHaveLength(4994);
  expect(Buffer.byteLength(longPage)).toBeLessThan(2_000_000);
  const countsPage = renderPage([
    ...Array.from({ length: 30_000 }, (_, n) => undecided(n)),
    verdictOf(30_000, "skipped", { reason: "x" }),
  ]);
  expect(countsPage.match(/<details class="case"/g)).toHaveLength(7);
  expect(countsPage).toContain('data-counts="indeterminate 29994"');
  expect(Buffer.byteLength(countsPage)).toBeLessThan(100_000);
});

test("a cause of one rule has the title of its first case; another has the finding that its cases have in common", () => {
  const causeTitles = (text: string): string[] =>
    [...text.matchAll(/<strong>(p\/s\/Act: .*?)<\/strong>/g)].map(([, first = ""]) => first);
  const findingText = "code: /A must be A, but is &quot;B&quot;.";
  const [first, second] = [failedVerdict(0, "/A", { rule: "r/1" }), failedVerdict(1, "/A", { rule: "r/1" })];
  expect(causeTitles(renderPage([first, second]))).toEqual(["p/s/Act: MUST refuse GroupId of 65 bytes (ascii)"]);
  expect(causeTitles(renderPage([first, failedVerdict(1, "/A", { rule: "r/2" })]))).toEqual([
    `p/s/Act: ${findingText}`,
  ]);
  expect(causeTitles(renderPage([failedVerdict(0, "/A"), failedVerdict(1, "/A")]))).toEqual([
    `p/s/Act: ${findingText}`,
  ]);
});

test("a call before the judged call is shown with it", () => {
  const exchanges = (["control", "before", "judged"] as const).map((role) => exchangeOf(role, { GroupId: role }));
  expect(
    [...renderPage([failedVerdict(0, "/A", { exchanges })]).matchAll(/<h4>HTTP exchange: (\w+)/g)].map(
      ([, role]) => role,
    ),
  ).toEqual(["before", "judged"]);
});

test("only cases that passed with a warning have the badge", () => {
  const findings: Finding[] = [{ check: "code", level: "should", location: "/A", expected: ["A"], actual: "B" }];
  const text = renderPage([verdictOf(0, "observed", { findings }), verdictOf(1, "passed", { findings })]);
  expect(text.match(/<tr id.*badge warning/g)).toHaveLength(1);
});

test.each([
  ["a short page", 40],
  ["a long page", 20_100],
])("each link of %s leads to an element of the page without a script", (_, length) => {
  const verdicts = Array.from({ length }, (_, n) =>
    verdictOf(n, STATUSES[n % STATUSES.length] ?? "passed", {
      family: `family-${n % 3}`,
      action: `p/s/Act${n % 2}`,
      reason: `${n % 500}`,
    }),
  );
  const text = renderPage(verdicts);
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  const links = [...text.matchAll(/ href="#([^"]*)"/g)].map(([, to]) => to);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((to) => !ids.includes(to))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  "null",
  "7",
  '"x"',
  '{"beforeSigning":null}',
  '{"beforeSigning":{"a":1}}',
  '{"beforeSigning":[null]}',
  '{"beforeSigning":[{"op":"put"}]}',
  '{"beforeSigning":[{"op":"new"}]}',
  '{"signing":null}',
  '{"signing":{"unsigned":"x"}}',
])("an unknown mutation of the request is shown as JSON: %s", (text) => {
  const exchanges = [exchangeOf("control", { GroupId: "good" }), exchangeOf("judged", { GroupId: "good" })];
  expect(
    renderPage([
      failedVerdict(0, "/A", {
        deviations: [{ op: "request", request: JSON.parse(text) as RequestMutation }],
        exchanges,
      }),
    ]),
  ).toContain("<p>Deviation: request <code>");
});

test("three cases of each cause have exchanges, and all cases have a rerun command", () => {
  const text = renderPage(Array.from({ length: 20 }, (_, n) => failedVerdict(n, n < 10 ? "/A" : "/B")));
  expect(text.match(/<h4>HTTP exchange/g)).toHaveLength(6);
  expect(text.match(/--select p\/s\/Act\/boundary\/GroupId/g)).toHaveLength(20 + 2);
});

test("beyond 20,000 cases passed ones are counted by family, and failures still have details", () => {
  const verdicts = Array.from({ length: 20_001 }, (_, n) =>
    n % 1000 === 0 ? failedVerdict(n, "/A") : passedVerdict(n),
  );
  const text = renderPage(verdicts);
  expect(text.match(/<details class="case"/g)).toHaveLength(21);
  expect(text).not.toContain('<tr id="c');
  expect(text).toMatch(
    /data-level="must" data-counts="passed 19980"><td>.*valid<td>must<td class="n">19980<td class="n">0\n/,
  );
});

test("the deviation is marked; differences that each call has are not", () => {
  const text = renderPage([failedVerdict(0, "/A")]);
  expect(text).toMatch(/<tr class="deviation"><th scope="row"><strong>\/GroupId<\/strong>/);
  expect(text).toMatch(/<tr class="other"><th scope="row">\/Name/);
  expect(text).toMatch(/<tr class="same"><th scope="row">header Host/);
  expect(text).not.toMatch(/<th scope="row">header X-TC-Timestamp/);
});

test("a removed member is absent in the column of the case", () => {
  const exchanges = [exchangeOf("control", { GroupId: "good" }), exchangeOf("judged", {})];
  const text = renderPage([failedVerdict(0, "/A", { deviations: [{ op: "remove", path: "/GroupId" }], exchanges })]);
  expect(text).toMatch(/<strong>\/GroupId<\/strong>.*<code>&quot;good&quot;<\/code><td><span class="muted">absent/);
});

const requestDeviation = (request: unknown) => [{ op: "request", request: request as RequestMutation } as const];

test.each([
  ["a header", { afterSigning: [{ op: "put", in: "header", name: "host", value: "x" }] }, "header Host"],
  ["a time", { signing: { shiftSeconds: -301 } }, "header X-TC-Timestamp"],
  ["a body", { afterSigning: [{ op: "around", before: "", after: " " }] }, "body"],
  ["a member twice", { beforeSigning: [{ op: "repeat", in: "json", name: "GroupId" }] }, "body"],
  ["a method", { beforeSigning: [{ op: "method", method: "PUT" }] }, "method"],
])("a mutation of the request is marked in its part, and described: %s", (_, change, name) => {
  const exchanges = [exchangeOf("control", { GroupId: "good" }), exchangeOf("judged", { GroupId: "good" })];
  const text = renderPage([failedVerdict(0, "/A", { deviations: requestDeviation(change), exchanges })]);
  expect(text).toContain(`<tr class="deviation"><th scope="row"><strong>${name}</strong>`);
  expect(text.match(/<tr class="deviation">/g)).toHaveLength(1);
  expect(text).toMatch(/<p>Deviation: request <code>(?!\{)/);
});

test.each([
  ["cut by the log", { text: '{"GroupId":"go', bytes: 99_999, sha256: "0" }],
  ["broken JSON", { text: '{"GroupId":"good"', bytes: 17 }],
])("a body that cannot be read is compared as text, not as missing members: %s", (_, body) => {
  const judged = exchangeOf("judged", {});
  const exchanges = [
    exchangeOf("control", { GroupId: "good", Name: "one" }),
    { ...judged, request: { ...judged.request, body } },
  ];
  const text = renderPage([failedVerdict(0, "/A", { exchanges })]);
  expect(text).toContain('<tr class="deviation"><th scope="row"><strong>body</strong>');
  expect(text).not.toContain("<strong>/GroupId</strong>");
});

test("a list of five hundred items is one part, and nesting of nine thousand levels is handled", () => {
  const longPage = { List: Array.from({ length: 501 }, (_, n) => ({ Id: `u${n}` })), GroupId: "good" };
  const deep = JSON.parse(`{"Deep":${"[".repeat(9000)}${"]".repeat(9000)}}`);
  const exchanges = [exchangeOf("control", { List: [], GroupId: "good" }), exchangeOf("judged", longPage)];
  const text = renderPage([failedVerdict(0, "/A", { deviations: [{ op: "set", path: "/List" }], exchanges })]);
  expect(text.match(/<tr class="deviation">/g)).toHaveLength(1);
  expect(text).toContain("501 items: ");
  const judged = exchangeOf("judged", {});
  const body = { text: `{"Deep":${"[".repeat(9000)}${"]".repeat(9000)}}`, bytes: 18_010 };
  const deepExchanges = [exchangeOf("control", {}), { ...judged, request: { ...judged.request, body } }];
  expect(deep.Deep).toHaveLength(1);
  expect(renderPage([failedVerdict(0, "/A", { exchanges: deepExchanges })])).toContain("Compared with its control");
});

test("a run of equal invisible characters is one mark, and a body of invisible characters stays short", () => {
  const body = { text: "\u200b".repeat(1500) + "\u200b\u200c".repeat(250), bytes: 4000 };
  const exchange = { ...exchangeOf("judged", {}), response: { status: 200, headers: [], body } };
  const text = renderPage([failedVerdict(0, "/A", { exchanges: [exchange] })]);
  expect(text).toContain("U+200B × 1501</mark>");
  expect(text.match(/<mark class="invisible"/g)?.length).toBeLessThan(250);
});

test("invisible characters of a response are marked with their code points", () => {
  const body = { text: "a\u200bb\u0007\u00a0", bytes: 9 };
  const exchange = { ...exchangeOf("judged", {}), response: { status: 200, headers: [], body } };
  const text = renderPage([failedVerdict(0, "/A", { exchanges: [exchange] })]);
  expect(text).toContain(
    'a<mark class="invisible" title="U+200B">U+200B</mark>b<mark class="invisible" title="U+0007">␇</mark>',
  );
  expect(text).toContain('title="U+00A0"');
});

test.each([
  ["{}", "{}"],
  ['{"a":[1,{"b":[]}],"a":1.0}', '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "a": 1.0\n}'],
  ['{"a":"x\\"{,"}', '{\n  "a": "x\\"{,"\n}'],
  ["not json {", "not json {"],
])("JSON is indented token by token: %s", (text, indented) => {
  expect(indentJson(text)).toBe(indented);
});
