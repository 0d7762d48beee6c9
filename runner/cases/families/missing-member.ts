/** missing-member: a required member absent, empty or null, and every situation in which a named resource does not exist. */
import type { Action, ExpectedRefusal, MemberEdit, Parameter } from "../../model/index.ts";
import { breachName, ruleId } from "../../spec/rules.ts";
import { familyOfSituation } from "../../spec/situation-family.ts";
import { ruleBreach } from "../rule-breach.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import { situationTemplate } from "../situation-template.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const missingMember: Family = {
  id: "missing-member",
  description:
    "a call without a required member, with an empty or null one, or with the name of something that does not exist",
  absenceReason: () => "no member is required, and in no situation a resource is missing that the call names",
  *templates(action) {
    for (const p of action.parameters.filter((q) => q.required)) yield* missingMemberTemplates(action, p);
    for (const p of action.parameters.filter((q) => isOptionalAndAnonymous(action, q))) yield optionalNull(action, p);
    for (const rule of action.crossParameterRules) {
      const breach = ruleBreach(action, rule);
      if (!breach) continue;
      yield {
        place: rule.name,
        title: `MUST refuse a call that breaks "${rule.name}"`,
        outcome: rule.refusal,
        rule: ruleId(action, rule.name, "input"),
        ...breach,
        source: rule.source,
      } satisfies CaseTemplate;
    }
    for (const s of action.situations)
      if (familyOfSituation(action, s) === "missing-member") yield situationTemplate(action, s);
  },
};

function* missingMemberTemplates(action: Action, p: Parameter): Iterable<CaseTemplate> {
  const set = (value: null | "" | []): MemberEdit => ({
    op: "set",
    at: { parameter: p.name },
    value: { kind: "literal", value },
  });
  const variants: [breach: string, slug: string, edit: MemberEdit | null][] = [
    ["absent", "absent", { op: "remove", at: [{ parameter: p.name }] }],
    ["empty", "empty", p.schema.type === "string" ? set("") : p.schema.type === "array" ? set([]) : null],
    ["is-null", "null", set(null)],
  ];
  for (const [breach, slug, edit] of variants) {
    const refusal: ExpectedRefusal | undefined = p.refusals.get(breach);
    if (!edit || !refusal) continue;
    yield {
      place: p.name,
      slug,
      title: `MUST refuse a call ${slug === "absent" ? `without ${p.name}` : `whose ${p.name} is ${slug}`}`,
      outcome: refusal,
      ...(breach === "empty" && refusal.level === "should" && { alternativeCodes: codesOfUnknown(action, p) }),
      rule: ruleId(action, p.name, breachName(p.schema, breach)),
      acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
      edit,
      source: refusal.source,
    };
  }
}

/** The codes for an id that names nothing, which an empty one may get where no page states how it is refused. */
const codesOfUnknown = ({ situations }: Action, { name }: Parameter): readonly string[] =>
  situations.flatMap(({ where, refused }) =>
    where.size === 1 && where.get(name)?.kind === "unknown" ? (refused?.codes ?? []) : [],
  );

/** True for an optional parameter that names no resource: a server could create one under a name that the clean-up does not know. */
const isOptionalAndAnonymous = (action: Action, p: Parameter): boolean =>
  !p.required && isSendable(p) && !nullable(p) && !action.given.has(p.name) && p.uniqueWithin === undefined;

const nullable = (p: Parameter): boolean => [p.schema.type].flat().includes("null" as never);

/** Null for an optional member. No document states the outcome, but a server must still give a well-formed response. */
function optionalNull(action: Action, p: Parameter): CaseTemplate {
  const undocumented: ExpectedRefusal = {
    codes: [],
    level: "may",
    rationale: "no document mentions null for an optional member",
    source: p.source,
  };
  const documented = p.refusals.get("is-null");
  return {
    place: p.name,
    slug: "null",
    title: `MUST refuse a call whose ${p.name} is null`,
    outcome: documented ?? undocumented,
    rule: documented ? ruleId(action, p.name, "is-null") : null,
    additionalParameters: additionalFor(action, p),
    edit: { op: "set", at: { parameter: p.name }, value: { kind: "literal", value: null } },
    source: p.source,
  };
}
