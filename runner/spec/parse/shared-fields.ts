/** Fields that several spec files share → model: sources, refusals, states, error rows, rates. */
import type { ErrorCause, ErrorCode, ExpectedRefusal, ResourceState, Source, StateKind } from "../../model/index.ts";
import type { RawError, RawRefusal, RawRefusals, RawState } from "./raw-types.ts";

/** A source without `document` and `url` takes these of the default source. */
export function toSource(raw: Source | undefined, defaultSource: Source): Source {
  if (!raw) return defaultSource;
  if (raw.document !== undefined || raw.url !== undefined) return raw;
  const document: Source = defaultSource.document !== undefined ? { document: defaultSource.document } : {};
  const page: Source =
    defaultSource.url !== undefined
      ? { url: defaultSource.url, ...(defaultSource.accessedOn ? { accessedOn: defaultSource.accessedOn } : {}) }
      : {};
  return { ...document, ...page, ...raw };
}

export function toRefusal(raw: RawRefusal, defaultSource: Source): ExpectedRefusal {
  if (Array.isArray(raw)) return { codes: raw.map(String), level: "must", source: defaultSource };
  const source = toSource(raw.source, defaultSource);
  if ("unspecified" in raw) return { codes: [], level: "may", rationale: raw.unspecified, source };
  const codes = raw.codes.map(String);
  return raw.inferred === undefined
    ? { codes, level: "must", source }
    : { codes, level: "should", rationale: raw.inferred, source };
}

export function toRefusals(raw: RawRefusals | undefined, defaultSource: Source): Map<string, ExpectedRefusal> {
  return new Map(Object.entries(raw ?? {}).map(([breach, r]) => [breach, toRefusal(r, defaultSource)]));
}

const stateKinds: readonly StateKind[] = ["new", "another", "unknown", "deleted"];

/** `another group` → kind `another`, resource `group`; `group` → kind `existing`. */
function parseStateWord(word: string): { kind: StateKind; resource: string } {
  const [first = "", ...rest] = word.trim().split(/\s+/);
  const kind = stateKinds.find((k) => k === first);
  return kind && rest.length ? { kind, resource: rest.join(" ") } : { kind: "existing", resource: word.trim() };
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
    ...(raw.first ? { first: toState(raw.first) } : {}),
  };
}

export function toStates(raw: Record<string, RawState> | undefined): Map<string, ResourceState> {
  return new Map(Object.entries(raw ?? {}).map(([name, s]) => [name, toState(s)]));
}

export const toArray = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

export function toError(code: string, raw: RawError, defaultSource: Source): ErrorCode {
  return {
    code,
    description: raw.description ?? "",
    status: toArray(raw.status),
    causes: toArray(raw.cause) as ErrorCause[],
    documentedCauses: toArray(raw.cause) as ErrorCause[],
    ...(raw.raisedBy === undefined ? {} : { raisedBy: raw.raisedBy }),
    ...(raw.reason === undefined ? {} : { reason: raw.reason }),
    source: toSource(raw.source, { ...defaultSource, row: code }),
  };
}

/** `50/s` → 50, in calls per second. */
export const parseRate = (raw: string | undefined): number | undefined =>
  raw === undefined ? undefined : Number(raw.slice(0, -2));
