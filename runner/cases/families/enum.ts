/** enum: each documented value of an enumeration, and undocumented values. */
import type { Action, ExpectedRefusal, Json, MemberEdit, Parameter } from "../../model/index.ts";
import { itemSchema, ruleId } from "../../spec/rules.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const enumFamily: Family = {
  id: "enum",
  description: "each documented value of an enumeration, and undocumented values",
  absenceReason: () => "no enumeration is documented",
  *templates(action) {
    for (const p of action.parameters.filter(isSendable)) {
      for (const inItems of [false, true]) {
        const schema = inItems ? itemSchema(p) : p.schema;
        const refusal = (inItems ? p.itemRefusals : p.refusals).get("enum");
        if (refusal && schema?.enum) yield* enumTemplates(action, p, schema.enum as Json[], refusal, inItems);
      }
    }
  },
};

function* enumTemplates(
  action: Action,
  p: Parameter,
  documented: readonly Json[],
  refusal: ExpectedRefusal,
  inItems: boolean,
): Iterable<CaseTemplate> {
  const positiveValues = inItems ? undefined : p.positiveValues?.values;
  const place = inItems ? `${p.name}.items` : p.name;
  const name = inItems ? `an item of ${p.name}` : p.name;
  const base = { place, rule: ruleId(action, place, "enum"), additionalParameters: additionalFor(action, p) };
  const edit = (value: Json): MemberEdit => ({
    op: "set",
    at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
    value: { kind: "literal", value },
  });
  // A parameter in `given` has the value that its state determines; its other values are situations.
  // An item that replaces the first one may be in the list already, which then has it twice.
  const mayRepeat = inItems && p.schema.uniqueItems === true;
  if (!action.given.has(p.name) && !mayRepeat) {
    for (const value of documented.filter((v) => !Array.isArray(positiveValues) || positiveValues.includes(v))) {
      yield {
        ...base,
        slug: `is-${slugOf(value)}`,
        title: `MUST accept ${name} ${JSON.stringify(value)}`,
        outcome: "success",
        edit: edit(value),
        source: p.source,
      };
    }
  }
  for (const [slug, value] of undocumentedValues(documented)) {
    yield {
      ...base,
      slug,
      title: `MUST refuse ${name} ${JSON.stringify(value)}`,
      outcome: refusal,
      edit: edit(value),
      source: refusal.source,
    };
  }
}

const slugOf = (value: Json): string => String(value).replace(/[^A-Za-z0-9._-]/g, "-");

/** For numbers those just beyond the greatest and the smallest; for texts the first in another letter case, and one that no vendor would use. */
function undocumentedValues(documented: readonly Json[]): [slug: string, value: Json][] {
  const numbers = documented.filter((v) => typeof v === "number");
  if (numbers.length > 0) {
    const neighbours = [Math.max(...numbers) + 1, Math.min(...numbers) - 1];
    return neighbours.map((n) => [`is-not-${n}`, n]);
  }
  const texts = documented.filter((v) => typeof v === "string");
  const [first = ""] = texts;
  const otherCase = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  const caseVariants: [string, Json][] =
    otherCase !== first && !texts.includes(otherCase) ? [["another-case", otherCase]] : [];
  return [...caseVariants, ["nobodys", "AssayNobodys"]];
}
