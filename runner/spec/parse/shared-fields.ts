/** The small forms that all spec files share → model: sources, refusals, states, error rows. */
import type { ErrorCause, ErrorCode, ExpectedRefusal, ResourceState, Source, StateKind } from "../../model/index.ts";
import type { RawError, RawRefusal, RawRefusals, RawState } from "./raw-types.ts";

/** A source without a document or page of its own stands in the one of `home`. */
export function toSource(raw: Source | undefined, home: Source): Source {
  if (!raw) return home;
  if (raw.document !== undefined || raw.url !== undefined) return raw;
  const base: Source = home.document !== undefined ? { document: home.document } : {};
  const page: Source =
    home.url !== undefined ? { url: home.url, ...(home.accessedOn ? { accessedOn: home.accessedOn } : {}) } : {};
  return { ...base, ...page, ...raw };
}

export function toRefusal(raw: RawRefusal, home: Source): ExpectedRefusal {
  if (Array.isArray(raw)) return { codes: raw.map(String), level: "must", source: home };
  const source = toSource(raw.source, home);
  if ("unspecified" in raw) return { codes: [], level: "may", rationale: raw.unspecified, source };
  const codes = raw.codes.map(String);
  return raw.inferred === undefined
    ? { codes, level: "must", source }
    : { codes, level: "should", rationale: raw.inferred, source };
}

export function toRefusals(raw: RawRefusals | undefined, home: Source): Map<string, ExpectedRefusal> {
  return new Map(Object.entries(raw ?? {}).map(([breach, r]) => [breach, toRefusal(r, home)]));
}

const existences: readonly StateKind[] = ["new", "another", "unknown", "deleted"];

/** "another group" → another, group; "group" → existing, group. */
function parseStateWord(word: string): { kind: StateKind; resource: string } {
  const [first = "", ...rest] = word.trim().split(/\s+/);
  const existence = existences.find((e) => e === first);
  return existence && rest.length
    ? { kind: existence, resource: rest.join(" ") }
    : { kind: "existing", resource: word.trim() };
}

export function toState(raw: RawState): ResourceState {
  const isList = raw.listOf !== undefined;
  return {
    ...parseStateWord(raw.state ?? raw.listOf ?? ""),
    isList,
    count: raw.count ?? 1,
    ...(raw.itemMember === undefined ? {} : { itemMember: raw.itemMember }),
    containers: toArray(raw.containers),
    createMembers: raw.createMembers ?? {},
  };
}

export function toStates(raw: Record<string, RawState> | undefined): Map<string, ResourceState> {
  return new Map(Object.entries(raw ?? {}).map(([name, s]) => [name, toState(s)]));
}

export const toArray = <T>(one: T | T[] | undefined): T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one];

export function toError(code: string, raw: RawError, home: Source): ErrorCode {
  return {
    code,
    description: raw.description ?? "",
    status: toArray(raw.status),
    causes: toArray(raw.cause) as ErrorCause[],
    documentedCauses: toArray(raw.cause) as ErrorCause[],
    ...(raw.raisedBy === undefined ? {} : { raisedBy: raw.raisedBy }),
    ...(raw.reason === undefined ? {} : { reason: raw.reason }),
    source: toSource(raw.source, { ...home, row: code }),
  };
}

/** "50/s" → 50 */
export const parseRate = (raw: string | undefined): number | undefined =>
  raw === undefined ? undefined : Number(raw.slice(0, -2));
