/** The small forms that all spec files share → model: sources, refusals, states, error rows. */
import type { Cause, ErrorCode, Existence, Refusal, Source, State } from "../../model/index.ts";
import type { RawError, RawRefusal, RawRefusals, RawState } from "./raw-types.ts";

/** A source without a document or page of its own stands in the one of `home`. */
export function toSource(raw: Source | undefined, home: Source): Source {
  if (!raw) return home;
  if (raw.document !== undefined || raw.page !== undefined) return raw;
  const base: Source = home.document !== undefined ? { document: home.document } : {};
  const page: Source = home.page !== undefined ? { page: home.page, ...(home.seen ? { seen: home.seen } : {}) } : {};
  return { ...base, ...page, ...raw };
}

export function toRefusal(raw: RawRefusal, home: Source): Refusal {
  if (Array.isArray(raw)) return { codes: raw.map(String), level: "must", source: home };
  const source = toSource(raw.source, home);
  if ("may" in raw) return { codes: [], level: "may", why: raw.may, source };
  const codes = raw.codes.map(String);
  return raw.inferred === undefined
    ? { codes, level: "must", source }
    : { codes, level: "should", why: raw.inferred, source };
}

export function toRefusals(raw: RawRefusals | undefined, home: Source): Map<string, Refusal> {
  return new Map(Object.entries(raw ?? {}).map(([breach, r]) => [breach, toRefusal(r, home)]));
}

const existences: readonly Existence[] = ["new", "another", "unknown", "deleted"];

/** "another group" → another, group; "group" → existing, group. */
function parseStateWord(word: string): { existence: Existence; resource: string } {
  const [first = "", ...rest] = word.trim().split(/\s+/);
  const existence = existences.find((e) => e === first);
  return existence && rest.length
    ? { existence, resource: rest.join(" ") }
    : { existence: "existing", resource: word.trim() };
}

export function toState(raw: RawState): State {
  const each = raw.each !== undefined;
  return {
    ...parseStateWord(raw.is ?? raw.each ?? ""),
    each,
    count: raw.count ?? 1,
    ...(raw.as === undefined ? {} : { as: raw.as }),
    in: toArray(raw.in),
    with: raw.with ?? {},
  };
}

export function toStates(raw: Record<string, RawState> | undefined): Map<string, State> {
  return new Map(Object.entries(raw ?? {}).map(([name, s]) => [name, toState(s)]));
}

export const toArray = <T>(one: T | T[] | undefined): T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one];

export function toError(code: string, raw: RawError, home: Source): ErrorCode {
  return {
    code,
    says: raw.says ?? "",
    status: toArray(raw.status),
    causes: toArray(raw.cause) as Cause[],
    written: toArray(raw.cause) as Cause[],
    ...(raw.of === undefined ? {} : { of: raw.of }),
    ...(raw.why === undefined ? {} : { why: raw.why }),
    source: toSource(raw.source, { ...home, row: code }),
  };
}

/** "50/s" → 50 */
export const parseRate = (raw: string | undefined): number | undefined =>
  raw === undefined ? undefined : Number(raw.slice(0, -2));
