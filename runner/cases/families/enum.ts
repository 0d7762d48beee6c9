/** enum: each documented value of an enumeration, and undocumented values. */
import type { Action, ExpectedRefusal, Json } from "../../model/index.ts";
import { parentPath, schemaAtPath } from "../../spec/places/paths.ts";
import { ruleId } from "../../spec/rules.ts";
import { type ParameterPlace, sendablePlaces, setLiteral } from "../places/edits.ts";
import { additionalFor } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const enumFamily: Family = {
  id: "enum",
  description: "each documented value of an enumeration, and undocumented values",
  absenceReason: () => "no enumeration is documented",
  *templates(action) {
    for (const at of sendablePlaces(action)) {
      const { schema, refusals } = at.place;
      const refusal = refusals.get("enum");
      if (refusal && schema.enum) yield* enumTemplates(action, at, schema.enum as Json[], refusal);
    }
  },
};

function* enumTemplates(
  action: Action,
  at: ParameterPlace,
  documented: readonly Json[],
  refusal: ExpectedRefusal,
): Iterable<CaseTemplate> {
  const { p, place } = at;
  const positiveValues = place.positiveValues?.values;
  const name = place.path === "[]" ? `an item of ${p.name}` : place.name;
  const rule = ruleId(action, place.name, "enum");
  const base = { place: place.name, rule, additionalParameters: additionalFor(action, p) };
  // A parameter in `given` has the value that its state determines; its other values are situations.
  // An item that replaces the first one may be in the list already, which then has it twice.
  const mayRepeat = place.path.endsWith("[]") && schemaAtPath(p.schema, parentPath(place.path))?.uniqueItems === true;
  if (!action.given.has(p.name) && !mayRepeat) {
    for (const value of documented.filter((v) => !Array.isArray(positiveValues) || positiveValues.includes(v))) {
      yield {
        ...base,
        slug: `is-${slugOf(value)}`,
        title: `MUST accept ${name} ${JSON.stringify(value)}`,
        outcome: "success",
        edit: setLiteral(at, value),
        source: place.source,
      };
    }
  }
  for (const [slug, value] of undocumentedValues(documented)) {
    yield {
      ...base,
      slug,
      title: `MUST refuse ${name} ${JSON.stringify(value)}`,
      outcome: refusal,
      edit: setLiteral(at, value),
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
