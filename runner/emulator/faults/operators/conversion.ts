/** converted: takes a value of another type for the one that it looks like. wrapped: keeps 32 bits of integers. garbled: reads the texts of one binding wrongly. */
import type { Action, Json, Parameter, Schema, Service } from "../../../model/index.ts";
import { placesOf } from "../../../spec/places/places.ts";
import { convertPlaced } from "../../pipeline/places.ts";
import type { RequestContext } from "../../request-context.ts";
import { anchored } from "../../text-length.ts";
import { misreadAll, misreadMember } from "../value-faults.ts";
import { casesOf, decidedBreaches, isSent } from "./breaches.ts";
import { type Operator, operatorFault } from "./operator.ts";

type Conversion = readonly [keyword: string, description: string, convert: (value: Json) => Json];

const isFromJson = ({ received }: RequestContext): boolean => received?.flat === undefined;

const fromDigits: Conversion = [
  "digits",
  "Takes a text of digits for a number",
  (value) => (typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value),
];

/** By the declared type: what a JSON value of another one is converted to. */
const conversionsByType: Readonly<Record<string, readonly Conversion[]>> = {
  integer: [fromDigits],
  number: [fromDigits],
  boolean: [
    ["text-true", "Takes the text true for a boolean", (value) => (value === "true" ? true : value)],
    ["number-1", "Takes the number 1 for a boolean", (value) => (value === 1 ? true : value)],
  ],
};

/** By keyword: what a text of a query or form is converted to. */
const conversionsOfPairs: readonly (readonly [...Conversion, isOf: (schema: Schema) => boolean])[] = [
  [
    "decimal",
    "Rounds a decimal number where an integer is declared",
    (value) => (typeof value === "string" && /^-?\d+\.\d+$/.test(value) ? Math.round(Number(value)) : value),
    ({ type }) => type === "integer",
  ],
  [
    "text",
    "Takes a text for a list of one item",
    (value) => (typeof value === "string" ? [value] : value),
    (schema) => schema.type === "array" && (schema as { items?: Schema }).items?.type === "string",
  ],
];

export const converted: Operator = {
  id: "converted",
  *faultsOf(service) {
    for (const action of service.actions.values()) yield* ofJson(action);
    for (const binding of service.bindings.slice(1)) yield* ofPairs(service, binding);
  },
};

function* ofJson(action: Action) {
  for (const breach of decidedBreaches(action).filter(({ keyword }) => keyword === "type")) {
    const { parameter, place, schema, family } = breach;
    const path = pathOf(action, parameter, place);
    for (const [keyword, description, convert] of conversionsByType[String(schema.type)] ?? []) {
      yield operatorFault({
        operator: "converted",
        action: action.id,
        place,
        keyword,
        description: `${description} in ${place}.`,
        family,
        detects: "keyword:type/lax",
        cases: casesOf(breach),
        input: misreadMember(parameter, (value, context) =>
          isFromJson(context) ? convertPlaced(value, path, convert) : value,
        ),
      });
    }
  }
}

const pathOf = ({ parameters }: Action, parameter: string, place: string): string =>
  parameters
    .filter(({ name }) => name === parameter)
    .flatMap(placesOf)
    .find(({ name }) => name === place)?.path ?? "";

function* ofPairs(service: Service, binding: string) {
  const parameters = [...service.actions.values()].flatMap((action) => action.parameters.filter(isSent));
  for (const [keyword, description, convert, isOf] of conversionsOfPairs) {
    if (!parameters.some((p) => isOf(p.schema) && p.refusals.has("type"))) continue;
    yield operatorFault({
      operator: "converted",
      action: service.id,
      place: binding,
      keyword,
      description: `${description}, over the binding ${binding}.`,
      family: "wrong-type",
      detects: "keyword:type/lax",
      input: (members, { received, action }) =>
        received?.binding === binding
          ? Object.fromEntries(
              Object.entries(members).map(([name, value]) => [
                name,
                isOf(action?.parameters.find((p) => p.name === name)?.schema ?? {}) ? convert(value) : value,
              ]),
            )
          : members,
    });
  }
}

/** The value that is left of an integer in 32 bits. */
const wrap = (value: Json): Json => (typeof value === "number" && Number.isInteger(value) ? value % 2 ** 32 : value);

export const wrapped: Operator = {
  id: "wrapped",
  *faultsOf({ id, actions, bindings }) {
    const breaches = [...actions.values()]
      .flatMap(decidedBreaches)
      .filter(({ keyword, schema }) => keyword === "maximum" && schema.type === "integer");
    for (const breach of breaches)
      yield operatorFault({
        operator: "wrapped",
        action: breach.action.id,
        place: breach.place,
        keyword: breach.keyword,
        description: `Reads only 32 bits of ${breach.place}.`,
        family: breach.family,
        detects: "keyword:maximum/lax",
        cases: casesOf(breach),
        input: misreadMember(breach.parameter, (value) =>
          convertPlaced(value, pathOf(breach.action, breach.parameter, breach.place), wrap),
        ),
      });
    for (const binding of breaches.length > 0 ? bindings.slice(1) : [])
      yield operatorFault({
        operator: "wrapped",
        action: id,
        place: "binding",
        keyword: binding,
        description: `Reads only 32 bits of integers over the binding ${binding}.`,
        family: "boundary",
        detects: "keyword:maximum/lax",
        input: (members, context) =>
          context.received?.binding === binding ? misreadAll(wrap)(members, context) : members,
      });
  },
};

const HAN = /\p{Script=Han}/gu;

/** True for a text of limited length that may have Han characters. */
const allowsHan = ({ schema, anchored: isAnchored }: Parameter): boolean =>
  schema.type === "string" &&
  schema.maxLength !== undefined &&
  (schema.pattern === undefined ||
    (isAnchored ? anchored(schema.pattern) : new RegExp(schema.pattern, "u")).test("深"));

export const garbled: Operator = {
  id: "garbled",
  *faultsOf({ id, actions, bindings }) {
    const changing = [...actions.values()].filter(({ mutating }) => mutating);
    if (!changing.some(({ parameters }) => parameters.some((p) => isSent(p) && allowsHan(p)))) return;
    for (const binding of bindings.slice(1))
      yield operatorFault({
        operator: "garbled",
        action: id,
        place: "binding",
        keyword: binding,
        description: `Reads Han characters over the binding ${binding} as the letter x.`,
        family: "boundary",
        detects: `binding:${binding}`,
        input: (members, context) =>
          context.received?.binding === binding
            ? misreadAll((value) => (typeof value === "string" ? value.replace(HAN, "x") : value))(members, context)
            : members,
      });
  },
};
