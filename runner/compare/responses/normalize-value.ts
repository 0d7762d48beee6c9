/** A single value of an answer → what it may stand for: what changes from run to run is named after what it refers to. */
import { truncateText } from "../../check/truncate.ts";
import { isIdName, isMessageName, isProseName, isTimeName, isTokenName } from "./field-names.ts";
import type { References } from "./references.ts";
import { classifyTimestamp, type TimeRange } from "./timestamps.ts";

export type JsonScalar = string | number | boolean | null;

/** What has to be known of an exchange to read its answer. */
export interface ReadingContext {
  /** The run's id, which stands in every name that it makes. */
  readonly run: string;
  readonly moment: TimeRange;
  readonly references: References;
}

const ourName = "<name of this run>";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The first is the one to be shown. Two values agree where they may stand for the same: `"Enabled"` that the request named
 * agrees with `"Enabled"` by itself. A value of the request never stands for another value of its kind: an id that was
 * swapped for another is no id of the target's.
 */
export function normalize(value: JsonScalar, name: string, reading: ReadingContext): readonly string[] {
  const literal = JSON.stringify(value);
  if (typeof value === "string" && isMessageName(name)) return ["<message text>"];
  if (value === null || value === "") return [literal];
  if (typeof value === "string") {
    if (reading.references.requestIds.has(value)) return ["<request id>", ...(uuid.test(value) ? ["<uuid>"] : [])];
    if (isTokenName(name)) return ["<token>"];
  }
  const { names } = reading.references;
  const asked = names.get(String(value)) ?? [];
  if (typeof value !== "boolean") {
    const time = classifyTimestamp(value, isTimeName(name), reading.moment);
    if (time !== null) return [time];
  }
  if (asked.length > 0) return [...ownFirst(asked, name).map((one) => `<${one}>`), literal];
  if (typeof value === "boolean") return [literal];
  if (isIdName(name) && typeof value === "number") return [`<some ${name}>`];
  return typeof value === "string" ? textMeanings(value, name, reading, literal) : [literal];
}

function textMeanings(value: string, name: string, reading: ReadingContext, literal: string): readonly string[] {
  if (uuid.test(value)) return ["<uuid>"];
  const spelled = withReferences(value, reading);
  if (spelled !== value) return [JSON.stringify(spelled)];
  if (value.includes(reading.run)) return [ourName];
  return isIdName(name) || isProseName(name) ? [`<some ${name}>`] : [literal];
}

/** A path or a resource name is read piece by piece; of other text that holds the run's id all is a name. */
const isPath = (text: string): boolean => /^(?:arn|qcs|urn|https?):/.test(text);
const account = /(?<=[:/])\d{9,12}(?=[:/])/g;
/** The fourth part of a resource's name. */
const region = /^((?:arn|qcs):[^:]*:[^:]*:)[a-z]{2,}(?:-[a-z]+)+(?:-?\d+)?(?=:)/;

function withReferences(value: string, { run, references }: ReadingContext): string {
  let text = value;
  for (const one of references.inside) {
    if (!text.includes(one)) continue;
    text = text.replaceAll(one, () => `<${references.names.get(one)?.[0]}>`);
  }
  if (text === value && !(isPath(value) && value.includes(run))) return value;
  const ours = text.replace(/[^\s/:,;"'()<>|]+/g, (piece) => (piece.includes(run) ? ourName : piece));
  return isPath(ours) ? ours.replace(account, "<account>").replace(region, "$1<region>") : ours;
}

/** Of several names the one that the member itself has. */
function ownFirst(names: readonly string[], name: string): readonly string[] {
  const own = (one: string) => one === name || one.endsWith(`.${name}`);
  return names.length < 2 ? names : [...names.filter(own), ...names.filter((one) => !own(one))];
}

/** True where the target chose the value, or another case of the run: what there is of it changes from run to run. */
export function isRunSpecific(value: JsonScalar, name: string, reading: ReadingContext): boolean {
  const [first = ""] = normalize(value, name, reading);
  return first === ourName || first.startsWith("<some ") || (first.startsWith('"') && first.includes(ourName));
}

export const displayValue = (value: JsonScalar, name: string, reading: ReadingContext): string =>
  truncateText(normalize(value, name, reading)[0] ?? "");
