/** An action → drafts of its own that deviate in one value each: what mixes of deviations are made of. */
import type { Action } from "../../model/index.ts";
import { ruleId } from "../../spec/rules.ts";
import { boundary } from "../families/boundary.ts";
import { duplicate } from "../families/duplicate.ts";
import { enumFamily } from "../families/enum.ts";
import { illegalCharset } from "../families/illegal-charset.ts";
import { missingMember } from "../families/missing-member.ts";
import { wrongType } from "../families/wrong-type.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { isExpressibleAsPairs } from "../template.ts";

/** The families that deviate in one value, the most telling first. */
export const singleValueFamilies: readonly Family[] = [boundary, illegalCharset, enumFamily, wrongType, missingMember];

/** True where the documents say that it is refused, whatever the code. */
export const isRefusalTemplate = (d: CaseTemplate): boolean =>
  d.outcome !== "success" && !d.disputed && d.outcome.level !== "may";

/** The parameter whose value a draft changes; undefined where it changes none, or several. */
export function deviatingParameter({ edit }: CaseTemplate): string | undefined {
  if (edit?.op === "set") return edit.at.parameter;
  return edit?.op === "remove" && edit.at.length === 1 ? edit.at[0]?.parameter : undefined;
}

/** One call that deviates as each of the drafts does; its codes are those of any of them. */
export function combineTemplates(
  templates: readonly CaseTemplate[],
): Pick<CaseTemplate, "additionalParameters" | "edit" | "expressibleAsPairs"> & { codes: string[] } {
  return {
    codes: unique(
      templates.flatMap(({ outcome, alternativeCodes = [] }) =>
        outcome === "success" ? alternativeCodes : [...outcome.codes, ...alternativeCodes],
      ),
    ),
    additionalParameters: unique(templates.flatMap((d) => d.additionalParameters ?? [])),
    edit: { op: "several", edits: templates.flatMap((d) => (d.edit ? [d.edit] : [])) },
    // What text pairs cannot say in one part they cannot say in the whole.
    ...(templates.every(isExpressibleAsPairs) ? {} : { expressibleAsPairs: false }),
  };
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** For each parameter the first draft that breaks a rule of it. */
export function firstBreachPerParameter(action: Action): CaseTemplate[] {
  const found = new Map<string, CaseTemplate>();
  for (const family of singleValueFamilies) {
    for (const template of family.templates(action)) {
      const name = deviatingParameter(template);
      if (name !== undefined && !found.has(name) && isRefusalTemplate(template)) found.set(name, template);
    }
  }
  return action.parameters.map((p) => found.get(p.name)).filter((d) => d !== undefined);
}

/** The draft that breaks that rule of a parameter. */
export function templateBreaking(action: Action, parameter: string, breach: string): CaseTemplate | undefined {
  const rule = ruleId(action, parameter, breach);
  for (const family of [...singleValueFamilies, duplicate]) {
    for (const template of family.templates(action)) if (template.rule === rule && isRefusalTemplate(template)) return template;
  }
  return undefined;
}
