/** An action → the templates that deviate in one value each, of which combinations are made. */
import type { Action } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { ruleId } from "../../spec/rules.ts";
import { boundary } from "../families/boundary.ts";
import { duplicate } from "../families/duplicate.ts";
import { enumFamily } from "../families/enum.ts";
import { illegalCharset } from "../families/illegal-charset.ts";
import { missingMember } from "../families/missing-member.ts";
import { wrongType } from "../families/wrong-type.ts";
import { codesOfConflict } from "../spec-conflicts.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { isExpressibleAsPairs } from "../template.ts";
import { verifiedTemplates } from "../verified-templates.ts";

/** The families whose templates deviate in one value. The order decides which breach of a parameter is found first. */
export const singleValueFamilies: readonly Family[] = [boundary, illegalCharset, enumFamily, wrongType, missingMember];

/** True where the documents demand a refusal, with whatever code. */
export const isRefusalTemplate = (d: CaseTemplate): boolean =>
  d.outcome !== "success" && !d.disputed && d.outcome.level !== "may";

/** The parameter whose value a template changes; undefined where it changes none, or several. */
export function deviatingParameter({ edit }: CaseTemplate): string | undefined {
  if (edit?.op === "set") return edit.at.parameter;
  return edit?.op === "remove" && edit.at.length === 1 ? edit.at[0]?.parameter : undefined;
}

/** One call with the deviations of all templates, and the codes that any of them may get. */
export function combineTemplates(
  action: Action,
  templates: readonly CaseTemplate[],
): Pick<CaseTemplate, "additionalParameters" | "edit" | "expressibleAsPairs"> & { codes: string[] } {
  return {
    codes: unique(
      templates.flatMap((template) => [
        ...(template.outcome === "success" ? [] : template.outcome.codes),
        ...(template.alternativeCodes ?? []),
        ...codesOfDispute(action, template),
      ]),
    ),
    additionalParameters: unique(templates.flatMap((d) => d.additionalParameters ?? [])),
    edit: { op: "several", edits: templates.flatMap((d) => (d.edit ? [d.edit] : [])) },
    // Pairs of name and text cannot express a call of which they cannot express one part.
    ...(templates.every(isExpressibleAsPairs) ? {} : { expressibleAsPairs: false }),
  };
}

/** A server may refuse a disputed value, with the codes of the constraint that it then breaks. */
function codesOfDispute({ parameters }: Action, template: CaseTemplate): readonly string[] {
  const p = parameters.find(({ name }) => name === deviatingParameter(template));
  const place = p && placesOf(p).find(({ name }) => name === template.place);
  return place && template.disputed ? codesOfConflict(place, template.disputed) : [];
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** For each parameter the first template that breaks one of its rules, in the order of the parameters. */
export function firstBreachPerParameter(action: Action): CaseTemplate[] {
  const byParameter = new Map<string, CaseTemplate>();
  for (const family of singleValueFamilies) {
    for (const template of verifiedTemplates(family, action)) {
      const name = deviatingParameter(template);
      if (name !== undefined && !byParameter.has(name) && isRefusalTemplate(template)) byParameter.set(name, template);
    }
  }
  return action.parameters.map((p) => byParameter.get(p.name)).filter((template) => template !== undefined);
}

/** The template that breaks one given rule of a parameter. */
export function templateBreaking(action: Action, parameter: string, breach: string): CaseTemplate | undefined {
  const rule = ruleId(action, parameter, breach);
  for (const family of [...singleValueFamilies, duplicate]) {
    for (const template of verifiedTemplates(family, action))
      if (template.rule === rule && isRefusalTemplate(template)) return template;
  }
  return undefined;
}
