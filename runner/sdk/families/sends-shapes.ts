/** sends-shapes: values that encoders get wrong, in a text parameter, a list and numbers. */

import { additionalFor } from "../../cases/sent-parameters.ts";
import { isExpressibleAsPairs } from "../../cases/template.ts";
import type { Json, MemberEdit, Parameter, Schema } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { plainSuccess } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

/** By slug: what text encoders, quoters and signers get wrong. */
const texts: Readonly<Record<string, string>> = {
  space: "a b",
  plus: "a+b",
  tilde: "a~b",
  asterisk: "a*b",
  percent: "a%b%20c",
  ampersand: "a&b",
  equals: "a=b",
  slash: "a/b",
  "line-break": "a\r\nb",
  quotes: `a"b'c\\d`,
  "latin-1": "aéb",
  han: "a中b",
  astral: "a😀b",
  empty: "",
};

const integers: Readonly<Record<string, number>> = { zero: 0, negative: -1 };

export const sendsShapes: SdkFamily = {
  id: "sends-shapes",
  description:
    "values that encoders get wrong: reserved characters, non-ASCII, empty text, 0, false, lists of 0 and 12",
  scope: { quick: "binding", standard: "binding" },
  *cases(action, binding) {
    const candidates = action.parameters.filter(isText).sort((a, b) => Number(isFree(b)) - Number(isFree(a)));
    for (const [type, values] of Object.entries(shapesByType())) {
      const parameter = candidates.find((p) => kindOf(p.schema) === type);
      if (!parameter) continue;
      for (const [slug, value] of Object.entries(values)) {
        const edit: MemberEdit = {
          op: "set",
          at: { parameter: parameter.name },
          value: { kind: "literal", value },
        };
        const template = {
          place: parameter.name,
          slug,
          title: `MUST send ${parameter.name} as given: ${slug}`,
          source: parameter.source,
          additionalParameters: additionalFor(action, parameter),
          edit,
        };
        const isList = Array.isArray(value) && value.length > 0;
        if (
          protocolOf(binding).isFlat(binding) &&
          !isList &&
          !isExpressibleAsPairs({ ...template, outcome: "success", rule: null })
        )
          continue;
        yield { ...template, ...plainSuccess(action), judgesRequests: true };
      }
    }
  },
};

const shapesByType = (): Readonly<Record<string, Readonly<Record<string, Json>>>> => ({
  string: texts,
  integer: integers,
  boolean: { false: false },
  "array of string": { "12-items": Array.from({ length: 12 }, (_, i) => `item ${i}`), "no-item": [] },
});

const kindOf = (schema: Schema): string => {
  const type = [schema.type].flat().find((name) => name !== "null") ?? "";
  return type === "array" ? `array of ${(schema as { items?: Schema }).items?.type ?? ""}` : type;
};

/** A list of values or a format leaves no room for other text. The server accepts every value, whatever its pattern is. */
const isText = ({ schema, positiveValues }: Parameter): boolean =>
  positiveValues === undefined && schema.enum === undefined && schema.format === undefined;

/** Preferred, because an SDK has no reason to check it by itself: no pattern that all documents agree on. */
const isFree = ({ schema, conflicts }: Parameter): boolean =>
  schema.pattern === undefined || conflicts.some(({ constraint }) => constraint === "pattern");
