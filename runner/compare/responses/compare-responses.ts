/** The recorded exchanges of one case in two runs -> the differences of the responses. */
import type { Header, Json, RecordedBody, RecordedExchange, Verdict } from "../../model/index.ts";
import { compareJson } from "./compare-json.ts";
import type { ComparisonContext, FoundDifference, ItemMembers } from "./context.ts";
import type { ReadingContext } from "./normalize-value.ts";
import { collectReferences } from "./references.ts";

export interface ResponseComparison {
  /** Responses of each run that were compared. */
  readonly compared: number;
  /** Of these, the ones whose bodies were not compared, because a log truncates them or they have too many values. */
  readonly bodiesNotCompared: number;
  readonly differences: readonly FoundDifference[];
}

/** Differences that are listed for one case. */
const MAX_DIFFERENCES = 5;

/** Null unless both logs have the judged exchange. `itemMembers` grows by the members that items of volatile lists have. */
export function compareResponses(
  before: Verdict,
  after: Verdict,
  a: Header,
  b: Header,
  itemMembers: ItemMembers,
): ResponseComparison | null {
  const [exchangesA, exchangesB] = [judgedExchanges(before, a), judgedExchanges(after, b)];
  if (exchangesA.length === 0 || exchangesB.length === 0) return null;
  if (exchangesA.length !== exchangesB.length) {
    const counts = { before: `${exchangesA.length} responses`, after: `${exchangesB.length} responses` };
    return {
      compared: Math.min(exchangesA.length, exchangesB.length),
      bodiesNotCompared: 0,
      differences: [{ location: "status", ...counts }],
    };
  }
  const pairs = matchPairs(exchangesA, exchangesB, (x, y) => comparePair(x, y, after.action, itemMembers));
  return {
    compared: exchangesA.length,
    bodiesNotCompared: pairs.filter(({ bodyNotCompared }) => bodyNotCompared).length,
    differences: pairs.flatMap(({ differences }) => differences).slice(0, MAX_DIFFERENCES),
  };
}

interface ReadExchange {
  readonly exchange: RecordedExchange;
  readonly reading: ReadingContext;
  /** True where the request names a resource of the run. */
  readonly namesRunResource: boolean;
}

function judgedExchanges(
  { exchanges }: Verdict,
  { run, shards = [{ index: 1, run }], started }: Header,
): ReadExchange[] {
  const namesRun = (text: string) => shards.some((shard) => shard.run !== undefined && text.includes(shard.run));
  const preceding = exchanges.filter(({ role }) => role === "before");
  return exchanges
    .filter(({ role }) => role === "judged")
    .map((exchange) => {
      const references = collectReferences(exchange, preceding, namesRun);
      const runStartedMs = Date.parse(started);
      const exchangeMs = exchange.started === undefined ? runStartedMs : Date.parse(exchange.started);
      const moment = { from: Math.min(runStartedMs, exchangeMs), to: Math.max(runStartedMs, exchangeMs) };
      const namesRunResource = references.embeddable.some(namesRun);
      return { exchange, reading: { namesRun, moment, references }, namesRunResource };
    });
}

interface PairResult {
  readonly differences: readonly FoundDifference[];
  /** True where a log truncates the body or it has too many values. */
  readonly bodyNotCompared: boolean;
}

/** Concurrent calls are answered in any order: equal responses are paired first, the remaining ones in their order. */
function matchPairs(
  exchangesA: readonly ReadExchange[],
  exchangesB: readonly ReadExchange[],
  compare: (a: ReadExchange, b: ReadExchange) => PairResult,
): PairResult[] {
  const unmatchedB = [...exchangesB];
  const unmatchedA: ReadExchange[] = [];
  const pairs: PairResult[] = [];
  for (const exchange of exchangesA) {
    const results = unmatchedB.map((other) => compare(exchange, other));
    const match = results.findIndex(({ differences }) => differences.length === 0);
    if (match < 0) unmatchedA.push(exchange);
    else {
      unmatchedB.splice(match, 1);
      pairs.push(...results.slice(match, match + 1));
    }
  }
  unmatchedA.forEach((exchange, i) => {
    const other = unmatchedB[i];
    if (other !== undefined) pairs.push(compare(exchange, other));
  });
  return pairs;
}

/** JSON values of one body that are compared. */
const MAX_COMPARED_VALUES = 500_000;

function comparePair(a: ReadExchange, b: ReadExchange, action: string, itemMembers: ItemMembers): PairResult {
  const [responseA, responseB] = [a.exchange.response, b.exchange.response];
  const differences: FoundDifference[] = [];
  const compareTexts = (location: string, before: string, after: string) =>
    before !== after && differences.push({ location, before, after });
  if ("reason" in responseA || "reason" in responseB) {
    compareTexts(
      "status",
      "reason" in responseA ? `none: ${responseA.reason}` : String(responseA.status),
      "reason" in responseB ? `none: ${responseB.reason}` : String(responseB.status),
    );
    return { differences, bodyNotCompared: false };
  }
  compareTexts("status", String(responseA.status), String(responseB.status));
  compareTexts("header:content-type", contentTypeOf(responseA.headers), contentTypeOf(responseB.headers));
  if (isTruncated(responseA.body) || isTruncated(responseB.body)) return { differences, bodyNotCompared: true };
  const [bodyA, bodyB] = [parseBody(responseA.body), parseBody(responseB.body)];
  compareTexts("body", bodyA.kind, bodyB.kind);
  if (bodyA.kind !== "JSON" || bodyB.kind !== "JSON") return { differences, bodyNotCompared: false };
  const bodyDifferences: FoundDifference[] = [];
  const context: ComparisonContext = {
    a: a.reading,
    b: b.reading,
    action,
    itemMembers,
    namesRunResource: a.namesRunResource && b.namesRunResource,
    shapeOnly: false,
    maxDifferences: MAX_DIFFERENCES,
    differences: bodyDifferences,
    depth: 0,
    budget: { remaining: MAX_COMPARED_VALUES },
    compare: compareJson,
  };
  compareJson(bodyA.value, bodyB.value, "", "", context);
  return context.budget.remaining < 0
    ? { differences, bodyNotCompared: true }
    : { differences: [...differences, ...bodyDifferences], bodyNotCompared: false };
}

/** The log has a digest of a body only if it truncates the text. */
const isTruncated = (body: RecordedBody): boolean => body.sha256 !== undefined;

/** Longest content type that is compared, in UTF-16 units. */
const MAX_CONTENT_TYPE_UNITS = 200;

function contentTypeOf(headers: readonly (readonly [string, string])[]): string {
  const value = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return value === undefined ? "absent" : value.toLowerCase().replace(/\s+/g, "").slice(0, MAX_CONTENT_TYPE_UNITS);
}

type ParsedBody = { readonly kind: "none" | "not JSON" } | { readonly kind: "JSON"; readonly value: Json };

function parseBody({ text, bytes }: RecordedBody): ParsedBody {
  if (bytes === 0) return { kind: "none" };
  try {
    return { kind: "JSON", value: JSON.parse(text) as Json };
  } catch {
    return { kind: "not JSON" };
  }
}
