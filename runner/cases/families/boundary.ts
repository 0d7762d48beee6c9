/** boundary: values on, just inside and just beyond every limit, with characters of one to four UTF-8 bytes. */
import type { Action, ExpectedRefusal, MemberEdit, Parameter, Place, SpecConflict } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { breachName, ruleId } from "../../spec/rules.ts";
import { type Alphabet, alphabets } from "../../values/alphabets.ts";
import { canMakeText, MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { isDisputedCharacter, matches } from "../../values/pattern.ts";
import { BASE64_GROUP, isBase64, URL_PREFIX } from "../../values/valid-value.ts";
import { type ParameterPlace, setLiteral, setPlace } from "../places/edits.ts";
import { limitTemplate } from "../places/limit-template.ts";
import { memberCountTemplates } from "../places/member-counts.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import { unitConflict } from "../spec-conflicts.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { unlistedText } from "../unlisted-texts.ts";

export const boundary: Family = {
  id: "boundary",
  description: "values on, just inside and just beyond each documented limit of length, range and number of items",
  absenceReason: () => "no limit of length, range or number of items is documented",
  *templates(action) {
    const longest = longestText(action);
    for (const p of action.parameters.filter(isSendable)) {
      const places = placesOf(p).map((place) => ({ action, p, place }));
      for (const subject of places)
        for (const template of lengthTemplates(subject))
          yield p === longest && subject.place.path === "" && isLongestHan(p, template)
            ? { ...template, onEveryBinding: true }
            : template;
      for (const subject of places) {
        yield* countTemplates(subject);
        yield* memberCountTemplates(subject);
        yield* rangeTemplates(subject);
        yield* beyond32Bits(subject);
      }
    }
  },
};

/** The parameter of a changing action with the longest text in which Han characters are allowed: bindings differ in the encoding of both. */
function longestText(action: Action): Parameter | undefined {
  const texts = action.parameters.filter(
    (p) =>
      isSendable(p) &&
      p.schema.type === "string" &&
      p.schema.maxLength !== undefined &&
      matches(p.schema, p.anchored, HAN),
  );
  return action.mutating ? texts.sort((a, b) => (b.schema.maxLength ?? 0) - (a.schema.maxLength ?? 0))[0] : undefined;
}

const HAN = alphabets.find(({ id }) => id === "han")?.chars ?? "";

const isLongestHan = ({ schema }: Parameter, { slug, disputed }: CaseTemplate): boolean =>
  slug === `${schema.maxLength}-chars-han` && disputed === undefined;

/** The place under test. */
interface Subject extends ParameterPlace {
  readonly action: Action;
}

function* lengthTemplates(subject: Subject): Iterable<CaseTemplate> {
  const { p, place } = subject;
  const { schema } = place;
  if (schema.type !== "string" || schema.enum !== undefined) return;
  for (const [unit, minKey, maxKey] of [
    ["chars", "minLength", "maxLength"],
    ["bytes", "x-minBytes", "x-maxBytes"],
  ] as const) {
    const max = schema[maxKey];
    const min = schema[minKey];
    if (max === undefined && (min === undefined || min <= 1)) continue;
    const low = min ?? 1;
    if (low === 0 && !(place.path === "[]" ? p : place).required) yield lengthTemplate(subject, unit, 0, "ascii", null);
    if (low === 1 && mayBeEmpty(subject)) yield lengthTemplate(subject, unit, 0, "ascii", "empty");
    for (const alphabet of alphabets.filter((a) => isSendableAlphabet(subject, a))) {
      // By length: the breach, or null for a length within the limits.
      const sizes = new Map<number, string | null>();
      if (low > 1) sizes.set(low - 1, minKey);
      sizes.set(Math.max(low, 1), null);
      if (min !== undefined && alphabet.id === "ascii") sizes.set(Math.max(low, 1) + 1, null);
      if (max !== undefined) {
        for (const n of [max - 1, max]) if (n >= low) sizes.set(n, null);
        sizes.set(max + 1, maxKey);
      }
      if (isBase64(schema)) wholeGroups(sizes, alphabet, low);
      if (mayAdoptExisting(subject))
        for (const n of [...sizes.keys()]) if (n < MIN_LENGTH_WITH_RUN_ID && sizes.get(n) === null) sizes.delete(n);
      for (const [n, breach] of sizes)
        if (canMakeText(unit, n, alphabet.id)) yield lengthTemplate(subject, unit, n, alphabet.id, breach);
    }
    if (place.path.startsWith("[]") && max !== undefined)
      yield inSecondItem(lengthTemplate(subject, unit, max + 1, "ascii", maxKey));
  }
  // The plan leaves it out where a limit made the same case above.
  if (mayBeEmpty(subject)) yield lengthTemplate(subject, "chars", 0, "ascii", "empty");
}

/** Base64 has whole groups of characters: the last length within the limits, and the first one beyond. */
function wholeGroups(sizes: Map<number, string | null>, { id }: Alphabet, min: number): void {
  const lengths = id === "ascii" ? [...sizes] : [];
  sizes.clear();
  for (const [n, breach] of lengths) {
    const whole = Math.floor(n / BASE64_GROUP) * BASE64_GROUP;
    const isUp = whole < n && (breach === "maxLength" || (breach === null && whole < min));
    const length = isUp ? whole + BASE64_GROUP : whole;
    if (length > 0) sizes.set(length, breach);
  }
}

/** True where the empty value is a breach that the family missing-member does not send. */
const mayBeEmpty = ({ place }: Subject): boolean => !place.required && place.refusals.has("empty");

/** The same breach in the second item of the list: a server must check every item, not only the first. */
function inSecondItem(template: CaseTemplate): CaseTemplate {
  const { edit } = template;
  if (edit?.op !== "set") return template;
  const secondItem = { ...edit.at, steps: [1, ...(edit.at.steps ?? []).slice(1)] };
  return {
    ...template,
    slug: `${template.slug}-second`,
    title: `${template.title} as second item`,
    edit: { ...edit, at: secondItem },
  };
}

/**
 * True where the id of the created resource is chosen by the caller and need not be unique. A valid id too short to
 * contain the token could then name a resource that exists, which the clean-up would delete.
 */
const mayAdoptExisting = ({ action, p, place }: Subject): boolean =>
  place.path === "" &&
  !p.refusals.has("unique") &&
  action.given.get(p.name)?.kind === "new" &&
  action.creates?.id === `input.${p.name}`;

/** A disputed character is sent as well: then every outcome is accepted, unless the length breaks the limit on every interpretation. */
function isSendableAlphabet({ p, place }: Subject, alphabet: Alphabet): boolean {
  const [char = ""] = alphabet.chars;
  return matches(place.schema, p.anchored, char) || conflictOverCharacter(place, char) !== undefined;
}

const conflictOverCharacter = ({ conflicts }: Place, char: string): SpecConflict | undefined =>
  conflicts.find((c) => isDisputedCharacter([c], char));

function lengthTemplate(
  subject: Subject,
  unit: "chars" | "bytes",
  length: number,
  alphabetId: string,
  breach: string | null,
): CaseTemplate {
  const { action, p, place } = subject;
  const slug = length === 0 ? `0-${unit}` : `${length}-${unit}-${alphabetId}`;
  const [char = ""] = alphabets.find((a) => a.id === alphabetId)?.chars ?? "";
  const conflict =
    length === 0 ? undefined : (conflictOverCharacter(place, char) ?? rangeConflict(place, unit, length));
  // Every character of the text may be one of the alphabet.
  const ofUnit = unit === "chars" ? unitConflict(place, length, length * char.length) : undefined;
  const prefix = place.schema.format === "uri" && length > URL_PREFIX.length ? URL_PREFIX : undefined;
  const edit =
    length === 0
      ? setLiteral(subject, "")
      : setPlace(subject, { kind: "text", unit, length, of: alphabetId, ...(prefix && { prefix }) });
  const description = `${place.name} of ${length} ${unit}${length === 0 ? "" : ` (${alphabetId})`}`;
  const base = {
    place: place.name,
    slug,
    additionalParameters: additionalFor(action, p),
    edit,
  };
  if (breach === null)
    return {
      title: `MUST accept ${description}`,
      outcome: "success",
      source: place.source,
      rule: nearestLimitRule(subject, unit, length),
      // A target may settle a conflict over the characters, but not the unit.
      disputed:
        ofUnit ??
        conflict ??
        unlistedText(subject) ??
        formatConflict(subject, prefix !== undefined && alphabetId === "ascii"),
      ...base,
    };
  const refusal = place.refusals.get(breach) as ExpectedRefusal;
  const alternativeCodes = conflict ? (place.refusals.get("pattern")?.codes ?? []) : [];
  return {
    title: `MUST refuse ${description}`,
    outcome: refusal,
    alternativeCodes,
    disputed: ofUnit,
    rule: ruleId(action, place.name, breachName(place.schema, breach)),
    acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
    source: refusal.source,
    ...base,
  };
}

/** Set where the text is no URL although the page calls it one. */
const formatConflict = ({ place: { schema, source } }: Subject, isUrl: boolean): SpecConflict | undefined =>
  schema.format !== "uri" || isUrl
    ? undefined
    : {
        constraint: "format",
        description: "the page calls the value a URL; it does not state that another text is accepted",
        source,
      };

const rangeConflict = ({ conflicts }: Place, unit: "chars" | "bytes", n: number): SpecConflict | undefined =>
  conflicts.find((c) => {
    const range = unit === "chars" ? c.length : c.bytes;
    return range !== undefined && n >= range[0] && n <= range[1];
  });

/** A value within the limits is a case of the rule of the nearest limit; null where the spec has no such rule. */
function nearestLimitRule({ action, place }: Subject, unit: "chars" | "bytes", length: number): string | null {
  const [minKey, maxKey] =
    unit === "chars" ? (["minLength", "maxLength"] as const) : (["x-minBytes", "x-maxBytes"] as const);
  const max = place.schema[maxKey];
  const min = place.schema[minKey];
  const breach =
    max !== undefined && (min === undefined || max - length < length - min)
      ? maxKey
      : min === undefined
        ? null
        : minKey;
  if (breach === null) return null;
  const hasRefusal = place.refusals.has(breach) || (breach === "minLength" && place.refusals.has("empty"));
  return hasRefusal ? ruleId(action, place.name, breach) : null;
}

function* countTemplates(subject: Subject): Iterable<CaseTemplate> {
  const { action, p, place } = subject;
  const { name, schema, refusals, required } = place;
  const { minItems, maxItems } = schema as { minItems?: number; maxItems?: number };
  if (schema.type !== "array") return;
  if (!required && refusals.has("empty"))
    yield limitTemplate(subject, "0-items", `${name} of 0 items`, setLiteral(subject, []), "empty", "minItems");
  const sizes = new Map<number, string | null>();
  if (minItems !== undefined && minItems > 1) sizes.set(minItems - 1, "minItems");
  if (minItems !== undefined && minItems > 0) sizes.set(minItems, null);
  if (maxItems !== undefined) {
    if (maxItems > 1) sizes.set(maxItems - 1, null);
    sizes.set(maxItems, null).set(maxItems + 1, "maxItems");
  }
  // The longest list that every reading of a disputed limit allows, and the shortest that one forbids.
  for (const { items } of place.conflicts) if (items && items[0] > 1) sizes.set(items[0] - 1, null).set(items[0], null);
  // A list of resources can only be filled where the spec states with which ones (`fillWith`).
  if (place.path === "" && action.given.has(p.name) && !p.fillWith) return;
  for (const [count, breach] of sizes) {
    const conflict = place.conflicts.find((c) => c.items && count >= c.items[0] && count <= c.items[1]);
    const edit = setPlace(subject, { kind: "list", count });
    yield limitTemplate(subject, `${count}-items`, `${name} of ${count} items`, edit, breach, "maxItems", conflict);
  }
}

function* rangeTemplates(subject: Subject): Iterable<CaseTemplate> {
  const { name, schema } = subject.place;
  if (schema.type !== "integer" && schema.type !== "number") return;
  const { minimum, maximum } = schema;
  const values = new Map<number, string | null>();
  if (minimum !== undefined)
    values
      .set(minimum - 1, "minimum")
      .set(minimum, null)
      .set(minimum + 1, null);
  if (maximum !== undefined)
    values
      .set(maximum - 1, null)
      .set(maximum, null)
      .set(maximum + 1, "maximum");
  for (const [value, breach] of values) {
    const nearestLimit = maximum !== undefined && value >= maximum - 1 ? "maximum" : "minimum";
    yield limitTemplate(subject, String(value), `${name} ${value}`, setLiteral(subject, value), breach, nearestLimit);
  }
}

/** Kept in 32 bits, the value would be within the limits. A server that reads no more may also call it a wrong type. */
function* beyond32Bits(subject: Subject): Iterable<CaseTemplate> {
  const { action, p, place } = subject;
  const { type, minimum = 1, maximum } = place.schema;
  if (type !== "integer" || maximum === undefined || maximum >= 2 ** 31 || !place.refusals.has("maximum")) return;
  const value = 2 ** 32 + Math.max(1, minimum);
  const edit: MemberEdit = setLiteral(subject, value);
  const isFirst =
    place.path === "" &&
    p === action.parameters.find(({ schema }) => schema.type === "integer" && schema.maximum !== undefined);
  yield {
    ...limitTemplate(subject, String(value), `${place.name} ${value}`, edit, "maximum", "maximum"),
    alternativeCodes: place.refusals.get("type")?.codes ?? [],
    ...(isFirst && { onEveryBinding: true }),
  };
}
