/** A single value of a response -> what it may mean: a value that changes from run to run is replaced by a placeholder. */
import { truncateText } from "../../check/truncate.ts";
import { isIdName, isMessageName, isProseName, isTimeName, isTokenName } from "./field-names.ts";
import type { References } from "./references.ts";
import { classifyTimestamp, type TimeRange } from "./timestamps.ts";

export type JsonScalar = string | number | boolean | null;

/** What is known about an exchange when its response is read. */
export interface ReadingContext {
  /** True for a text with the id of the run, which is part of every name that the run creates. */
  readonly namesRun: (text: string) => boolean;
  /** From the start of the run to the exchange. */
  readonly moment: TimeRange;
  readonly references: References;
}

const RUN_NAME = "<name of this run>";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The possible meanings of a value, as placeholders or JSON; the first is shown to readers. Two values agree where they have
 * a meaning in common: `"Enabled"` that the request contains (`<Status>`) agrees with `"Enabled"` that it does not contain.
 * A value of the request never means an arbitrary value of its kind, so an id that was exchanged for another is a difference.
 */
export function normalize(value: JsonScalar, name: string, reading: ReadingContext): readonly string[] {
  const literal = JSON.stringify(value);
  if (typeof value === "string" && isMessageName(name)) return ["<message text>"];
  if (value === null || value === "") return [literal];
  if (typeof value === "string") {
    if (reading.references.requestIds.has(value)) return ["<request id>", ...(uuid.test(value) ? ["<uuid>"] : [])];
    if (isTokenName(name)) return ["<token>"];
  }
  const requestNames = reading.references.names.get(String(value)) ?? [];
  if (typeof value !== "boolean") {
    const time = classifyTimestamp(value, isTimeName(name), reading.moment);
    if (time !== null) return [time];
  }
  if (requestNames.length > 0)
    return [...sameNameFirst(requestNames, name).map((requestName) => `<${requestName}>`), literal];
  if (typeof value === "boolean") return [literal];
  if (isIdName(name) && typeof value === "number") return [`<some ${name}>`];
  return typeof value === "string" ? textMeanings(value, name, reading, literal) : [literal];
}

function textMeanings(value: string, name: string, reading: ReadingContext, literal: string): readonly string[] {
  if (uuid.test(value)) return ["<uuid>"];
  const replaced = replaceReferences(value, reading);
  if (replaced !== value) return [JSON.stringify(replaced)];
  if (reading.namesRun(value)) return [RUN_NAME];
  return isIdName(name) || isProseName(name) ? [`<some ${name}>`] : [literal];
}

/** True for a URL or a resource name, whose parts are replaced one by one. Any other text with the id of the run is one name. */
const isPath = (text: string): boolean => /^(?:arn|qcs|urn|https?):/.test(text);
const account = /(?<=[:/])\d{9,12}(?=[:/])/g;
/** The fourth part of an AWS or Tencent Cloud resource name. */
const region = /^((?:arn|qcs):[^:]*:[^:]*:)[a-z]{2,}(?:-[a-z]+)+(?:-?\d+)?(?=:)/;

function replaceReferences(value: string, { namesRun, references }: ReadingContext): string {
  let text = value;
  for (const reference of references.embeddable) {
    if (!text.includes(reference)) continue;
    text = text.replaceAll(reference, () => `<${references.names.get(reference)?.[0]}>`);
  }
  if (text === value && !(isPath(value) && namesRun(value))) return value;
  const withoutRunNames = text.replace(/[^\s/:,;"'()<>|]+/g, (word) => (namesRun(word) ? RUN_NAME : word));
  return isPath(withoutRunNames)
    ? withoutRunNames.replace(account, "<account>").replace(region, "$1<region>")
    : withoutRunNames;
}

/** The names with those first that end in the name of the member itself. */
function sameNameFirst(names: readonly string[], name: string): readonly string[] {
  const isSame = (candidate: string) => candidate === name || candidate.endsWith(`.${name}`);
  return names.length < 2 ? names : [...names.filter(isSame), ...names.filter((candidate) => !isSame(candidate))];
}

/** True for a value that changes from run to run because the target or another case of the run chose it. */
export function isRunSpecific(value: JsonScalar, name: string, reading: ReadingContext): boolean {
  const [first = ""] = normalize(value, name, reading);
  return first === RUN_NAME || first.startsWith("<some ") || (first.startsWith('"') && first.includes(RUN_NAME));
}

export const displayValue = (value: JsonScalar, name: string, reading: ReadingContext): string =>
  truncateText(normalize(value, name, reading)[0] ?? "");
