/** missing-member: a required member absent, empty or null, and every situation in which a named resource does not exist. */
import type { Action, ExpectedRefusal, MemberEdit, Parameter, Place } from "../../model/index.ts";
import { parentPath, pathSteps, schemaAtPath } from "../../spec/places/paths.ts";
import { placesOf } from "../../spec/places/places.ts";
import { breachName, ruleId } from "../../spec/rules.ts";
import { familyOfSituation } from "../../spec/situation-family.ts";
import { isNested, type ParameterPlace, pathTo, sendablePlaces, setLiteral } from "../places/edits.ts";
import { exactlyOneTemplates } from "../places/exactly-one.ts";
import { ruleBreach } from "../rule-breach.ts";
import { additionalFor } from "../sent-parameters.ts";
import { situationTemplate } from "../situation-template.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const missingMember: Family = {
  id: "missing-member",
  description:
    "a call without a required member, with an empty or null one, or with the name of something that does not exist",
  absenceReason: () => "no member is required, and in no situation a resource is missing that the call names",
  *templates(action) {
    const places = sendablePlaces(action);
    for (const p of action.parameters.filter((q) => q.required))
      yield* missingMemberTemplates(action, { p, place: placesOf(p)[0] as Place });
    for (const at of places.filter(({ p, place }) => place.path === "" && isOptionalAndAnonymous(action, p)))
      yield optionalNull(action, at);
    for (const at of places.filter(({ place }) => isNested(place))) yield* nestedTemplates(action, at);
    for (const at of places) yield* exactlyOneTemplates(action, at);
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

function* missingMemberTemplates(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  const { name, schema, refusals } = place;
  const variants: [breach: string, slug: string, edit: MemberEdit | null][] = [
    ["absent", "absent", { op: "remove", at: [pathTo(at)] }],
    [
      "empty",
      "empty",
      schema.type === "string" ? setLiteral(at, "") : schema.type === "array" ? setLiteral(at, []) : null,
    ],
    ["is-null", "null", setLiteral(at, null)],
  ];
  for (const [breach, slug, edit] of variants) {
    const refusal: ExpectedRefusal | undefined = refusals.get(breach);
    if (!edit || !refusal) continue;
    yield {
      place: name,
      slug,
      title: `MUST refuse a call ${slug === "absent" ? `without ${name}` : `whose ${name} is ${slug}`}`,
      outcome: refusal,
      ...(breach === "empty" && refusal.level === "should" && { alternativeCodes: codesOfUnknown(action, p) }),
      rule: ruleId(action, name, breachName(schema, breach)),
      acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
      additionalParameters: additionalFor(action, p),
      edit,
      source: refusal.source,
    };
  }
}

/** Keys of maps and items cannot be absent; null for one that names a resource is left out as for a parameter. */
function* nestedTemplates(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  const isMember = pathSteps(place.path)?.at(-1)?.startsWith(".") === true;
  if (place.required) {
    for (const template of missingMemberTemplates(action, at))
      yield template.slug === "absent" && isOnlyMember(at) ? { ...template, expressibleAsPairs: false } : template;
  } else if (isMember && !action.given.has(p.name) && !nullable(place)) yield optionalNull(action, at);
}

/** True where the object may be empty without the member, which pairs cannot express. */
const isOnlyMember = ({ p, place }: ParameterPlace): boolean =>
  (schemaAtPath(p.schema, parentPath(place.path))?.required ?? []).length <= 1;

/** The codes for an id that names nothing, which an empty one may get where no page states how it is refused. */
const codesOfUnknown = ({ situations }: Action, { name }: Parameter): readonly string[] =>
  situations.flatMap(({ where, refused }) =>
    where.size === 1 && where.get(name)?.kind === "unknown" ? (refused?.codes ?? []) : [],
  );

/** True for an optional parameter that names no resource: a server could create one under a name that the clean-up does not know. */
const isOptionalAndAnonymous = (action: Action, p: Parameter): boolean =>
  !p.required && !nullable(p) && !action.given.has(p.name) && p.uniqueWithin === undefined;

const nullable = ({ schema }: Pick<Place, "schema">): boolean => [schema.type].flat().includes("null" as never);

/** Null for an optional member. No document states the outcome, but a server must still give a well-formed response. */
function optionalNull(action: Action, at: ParameterPlace): CaseTemplate {
  const { p, place } = at;
  const undocumented: ExpectedRefusal = {
    codes: [],
    level: "may",
    rationale: "no document mentions null for an optional member",
    source: place.source,
  };
  const documented = place.refusals.get("is-null");
  return {
    place: place.name,
    slug: "null",
    title: `MUST refuse a call whose ${place.name} is null`,
    outcome: documented ?? undocumented,
    rule: documented ? ruleId(action, place.name, "is-null") : null,
    additionalParameters: additionalFor(action, p),
    edit: setLiteral(at, null),
    source: place.source,
  };
}
