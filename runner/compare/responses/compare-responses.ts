/** The recorded exchanges of one case in two runs → where the answers part. */
import type { Header, Json, RecordedBody, RecordedExchange, ResponseDifference, Verdict } from "../../model/index.ts";
import { compareJson } from "./compare-json.ts";
import type { ComparisonContext } from "./context.ts";
import type { ReadingContext } from "./normalize-value.ts";
import { collectReferences } from "./references.ts";

export interface ResponseComparison {
  /** Answers that were held against their like. */
  readonly compared: number;
  /** Of these, the ones with bodies that are too long: only status and type were. */
  readonly cut: number;
  readonly differences: readonly ResponseDifference[];
}

/** Places that are named of one case. */
const most = 5;

/** Null where not both logs hold the judged exchange. */
export function compareResponses(was: Verdict, is: Verdict, a: Header, b: Header): ResponseComparison | null {
  const [mine, others] = [judgedOf(was, a), judgedOf(is, b)];
  if (mine.length === 0 || others.length === 0) return null;
  if (mine.length !== others.length) {
    const sides = { before: `${mine.length} answers`, after: `${others.length} answers` };
    return { compared: Math.min(mine.length, others.length), cut: 0, differences: [{ location: "status", ...sides }] };
  }
  const differences: ResponseDifference[] = [];
  const tried = matchPairs(mine, others);
  for (const { found } of tried) differences.push(...found);
  return { compared: mine.length, cut: tried.filter(({ cut }) => cut).length, differences: differences.slice(0, most) };
}

interface ReadExchange {
  readonly exchange: RecordedExchange;
  readonly reading: ReadingContext;
  /** The request names a thing of the run. */
  readonly own: boolean;
}

function judgedOf({ exchanges }: Verdict, { run, started }: Header): ReadExchange[] {
  const before = exchanges.filter(({ role }) => role === "before");
  return exchanges
    .filter(({ role }) => role === "judged")
    .map((exchange) => {
      const references = collectReferences(exchange, before, (value) => value.includes(run));
      const from = Date.parse(started);
      const at = exchange.started === undefined ? from : Date.parse(exchange.started);
      const moment = { from: Math.min(from, at), to: Math.max(from, at) };
      const own = references.inside.some((value) => value.includes(run));
      return { exchange, reading: { run, moment, references }, own };
    });
}

interface PairResult {
  readonly found: readonly ResponseDifference[];
  /** A log cuts the body, or there is more of it than anybody compares. */
  readonly cut: boolean;
}

/** Calls that were sent at once are answered in any order: each finds its like, and what is left over is laid side by side. */
function matchPairs(mine: readonly ReadExchange[], others: readonly ReadExchange[]): PairResult[] {
  const left = [...others];
  const alone: ReadExchange[] = [];
  const pairs: PairResult[] = [];
  for (const one of mine) {
    const tried = left.map((other) => comparePair(one, other));
    const like = tried.findIndex(({ found }) => found.length === 0);
    if (like < 0) alone.push(one);
    else {
      left.splice(like, 1);
      pairs.push(...tried.slice(like, like + 1));
    }
  }
  alone.forEach((one, i) => {
    const other = left[i];
    if (other !== undefined) pairs.push(comparePair(one, other));
  });
  return pairs;
}

/** Values that are looked at in one body. */
const steps = 500_000;

function comparePair(one: ReadExchange, other: ReadExchange): PairResult {
  const [x, y] = [one.exchange.response, other.exchange.response];
  const found: ResponseDifference[] = [];
  const tell = (location: string, before: string, after: string) =>
    before !== after && found.push({ location, before, after });
  if ("reason" in x || "reason" in y) {
    tell(
      "status",
      "reason" in x ? `none: ${x.reason}` : String(x.status),
      "reason" in y ? `none: ${y.reason}` : String(y.status),
    );
    return { found, cut: false };
  }
  tell("status", String(x.status), String(y.status));
  tell("header:content-type", typeOf(x.headers), typeOf(y.headers));
  if (isCut(x.body) || isCut(y.body)) return { found, cut: true };
  const [body, its] = [bodyOf(x.body), bodyOf(y.body)];
  tell("body", body.kind, its.kind);
  if (body.kind !== "JSON" || its.kind !== "JSON") return { found, cut: false };
  const sides = { a: one.reading, b: other.reading, own: one.own && other.own };
  const inside: ResponseDifference[] = [];
  const c: ComparisonContext = {
    ...sides,
    shapeOnly: false,
    most,
    found: inside,
    depth: 0,
    steps: { left: steps },
    part: compareJson,
  };
  compareJson(body.value, its.value, "", "", c);
  return c.steps.left < 0 ? { found, cut: true } : { found: [...found, ...inside], cut: false };
}

const isCut = (body: RecordedBody): boolean => body.sha256 !== undefined;

function typeOf(headers: readonly (readonly [string, string])[]): string {
  const value = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return value === undefined ? "absent" : value.toLowerCase().replace(/\s+/g, "").slice(0, 200);
}

type Body = { readonly kind: "none" | "not JSON" } | { readonly kind: "JSON"; readonly value: Json };

function bodyOf({ text, bytes }: RecordedBody): Body {
  if (bytes === 0) return { kind: "none" };
  try {
    return { kind: "JSON", value: JSON.parse(text) as Json };
  } catch {
    return { kind: "not JSON" };
  }
}
