/** strict: refuses a valid value at the edge of what the documents allow, or demands or refuses an optional parameter. */
import type { Action, CallMembers, Json, Parameter, Place } from "../../../model/index.ts";
import { placesOf } from "../../../spec/places/places.ts";
import { placedValues } from "../../pipeline/places.ts";
import { anchored, unanchored } from "../../text-length.ts";
import { isListFillable, isSent } from "./breaches.ts";
import { isSizeDecided, limits, limitValue } from "./limits.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

export const strict: Operator = {
  id: "strict",
  *faultsOf({ actions }) {
    for (const action of actions.values()) {
      for (const p of action.parameters) {
        if (!p.required && !action.given.has(p.name)) yield* presenceFaults(action, p);
        if (isSent(p)) yield* valueFaults(action, p);
      }
    }
  },
};

function* presenceFaults(action: Action, p: Parameter): Iterable<OperatorFault> {
  const [absent = p.refusals.get("type")?.codes[0]] = action.parameters.flatMap(
    (q) => q.refusals.get("absent")?.codes ?? [],
  );
  if (absent !== undefined)
    yield strictFault(
      action,
      p.name,
      "absent",
      "valid",
      `a call without the optional ${p.name}`,
      absent,
      (value) => value === undefined,
    );
  const [unknown] = action.undeclaredMember.codes;
  if (unknown !== undefined && isSent(p))
    yield strictFault(
      action,
      p.name,
      "unknown",
      "valid",
      `the declared parameter ${p.name}`,
      unknown,
      (value) => value !== undefined,
    );
}

function* valueFaults(action: Action, p: Parameter): Iterable<OperatorFault> {
  for (const place of placesOf(p)) yield* sizeFaults(action, p, place);
  for (const place of p.places) yield* enumFaults(action, p, place);
  yield* characterFaults(action, p);
  const { name, schema, refusals } = p;
  const values = p.positiveValues?.values;
  const last = (Array.isArray(values) ? values : schema.enum)?.at(-1) as Json | undefined;
  const [enumCode] = refusals.get("enum")?.codes ?? [];
  if (enumCode !== undefined && last !== undefined && !action.given.has(name))
    yield strictFault(
      action,
      name,
      "enum",
      "enum",
      `the value ${JSON.stringify(last)} of ${name}`,
      enumCode,
      (v) => v === last,
      name,
    );
  const [uniqueCode] = refusals.get("uniqueItems")?.codes ?? [];
  if (uniqueCode !== undefined && !action.given.has(name))
    yield strictFault(
      action,
      name,
      "uniqueItems",
      "valid",
      `any two items in ${name}`,
      uniqueCode,
      (v) => Array.isArray(v) && v.length > 1,
    );
  const [emptyCode] = refusals.get("pattern")?.codes ?? refusals.get("maxLength")?.codes ?? [];
  if (emptyCode !== undefined && schema.minLength === 0 && schema.maxLength !== undefined && !p.required)
    yield strictFault(action, name, "empty", "boundary", `an empty ${name}`, emptyCode, (v) => v === "", name);
}

/** The last value of the enumeration of a place inside a parameter. */
function* enumFaults(action: Action, p: Parameter, { name, path, schema, refusals }: Place): Iterable<OperatorFault> {
  const last = schema.enum?.at(-1) as Json | undefined;
  const [code] = refusals.get("enum")?.codes ?? [];
  if (code === undefined || last === undefined || action.given.has(p.name)) return;
  yield strictFault(
    action,
    name,
    "enum",
    "enum",
    `the value ${JSON.stringify(last)} of ${name}`,
    code,
    (value) => placedValues(p.name, value, path).some((placed) => placed.value === last),
    name,
    p.name,
  );
}

function* sizeFaults(action: Action, p: Parameter, place: Place): Iterable<OperatorFault> {
  const { name, path, schema, refusals } = place;
  for (const [keyword, { sizeOf, beyond, unit }] of Object.entries(limits)) {
    if (hasListedTexts(p) && /Length$|Bytes$/.test(keyword)) continue;
    const size = limitValue(schema, keyword);
    const [code] = (refusals.get(keyword) ?? (size === 1 ? refusals.get("empty") : undefined))?.codes ?? [];
    if (size === undefined || code === undefined || !isSizeDecided(p, place, keyword, size)) continue;
    if (path === "" && !isListFillable(action, p, keyword)) continue;
    if (beyond < 0 && namesNewResource(action, p)) continue;
    const isRefused = (value: Json | undefined) =>
      placedValues(p.name, value, path).some((placed) => placed.value !== undefined && sizeOf(placed.value) === size);
    yield strictFault(
      action,
      name,
      keyword,
      "boundary",
      `${name} of ${`${size} ${unit}`.trim()}`,
      code,
      isRefused,
      name,
      p.name,
    );
  }
}

/** A resource under a name that is too short to belong to the run, and that need not be unique, could be one of somebody else. */
const namesNewResource = (action: Action, p: Parameter): boolean =>
  action.given.get(p.name)?.kind === "new" && !p.refusals.has("unique");

/** Those that identifiers of the run do not contain come first. */
const SPECIAL_CHARACTERS = [..."@#.:,+=/ !-_"];

/** Where the spec lists the valid texts, the outcome of others is open. */
const hasListedTexts = ({ positiveValues }: Parameter): boolean => Array.isArray(positiveValues?.values);

function* characterFaults(action: Action, p: Parameter): Iterable<OperatorFault> {
  const { name, schema, refusals, conflicts } = p;
  const [code] = refusals.get("pattern")?.codes ?? [];
  if (code === undefined || schema.type !== "string" || schema.pattern === undefined || hasListedTexts(p)) return;
  const test = p.anchored ? anchored(schema.pattern) : unanchored(schema.pattern);
  const isDisputed = (char: string) => conflicts.some((c) => c.chars !== undefined && anchored(c.chars).test(char));
  const character = SPECIAL_CHARACTERS.find((char) => test.test(`a${char}a`) && !isDisputed(char));
  if (character === undefined || !test.test("aa")) return;
  const isRefused = (value: Json | undefined) => typeof value === "string" && value.includes(character);
  yield strictFault(
    action,
    name,
    "pattern",
    "valid",
    `the character ${JSON.stringify(character)} in ${name}`,
    code,
    isRefused,
  );
}

function strictFault(
  action: Action,
  place: string,
  keyword: string,
  family: string,
  phrase: string,
  code: string,
  isRefused: (value: Json | undefined) => boolean,
  casePlace?: string,
  parameter = place,
): OperatorFault {
  return operatorFault({
    operator: "strict",
    action: action.id,
    place,
    keyword,
    description: `Refuses ${phrase}.`,
    family,
    detects: `keyword:${keyword}/strict`,
    ...(casePlace === undefined ? {} : { cases: { place: casePlace } }),
    refusalCode: code,
    extraRefusal: (members: CallMembers) => (isRefused(members[parameter]) ? code : undefined),
  });
}
