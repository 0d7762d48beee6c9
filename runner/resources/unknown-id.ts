/** A resource, and a parameter that names one -> an id in the form of the documents that no resource has. */
import type { Json, Parameter, Resource, Schema, Service } from "../model/index.ts";
import { idMember } from "../spec/id-member.ts";
import { matches } from "../values/pattern.ts";
import { matchingText } from "../values/phrases.ts";
import { hash, random } from "../values/random.ts";
import { validItem, validValue } from "../values/valid-value.ts";
import type { NameContext } from "./setup-members.ts";

/** From the resource's pattern for unknown ids, else a value with the token that the creating call would accept as well. */
export function unknownId({ actions }: Service, resource: Resource, parameter: Parameter, name: NameContext): Json {
  const seed = hash(`${resource.name} ${name.token}`, name.seed);
  if (resource.unknownIdPattern !== undefined) return matchingText(resource.unknownIdPattern, seed);
  const creating = actions
    .get(resource.create ?? "")
    ?.parameters.find((p) => resource.id === `input.${idMember(resource.id)}` && p.name === idMember(resource.id));
  const valueFor = (of: Parameter): Json => {
    const valueContext = { seed: name.seed, random: random(seed), token: name.token };
    return of.schema.type === "array" ? validItem(of, valueContext, 0) : validValue(of, valueContext);
  };
  const candidates = creating ? narrowed(parameter, creating) : [];
  return candidates.map(valueFor).find((id) => isAccepted(creating, id)) ?? valueFor(candidates[0] ?? parameter);
}

const isAccepted = (creating: Parameter | undefined, id: Json): boolean =>
  !creating || typeof id !== "string" || matches(creating.schema, creating.anchored, id);

const narrowedParameters = new WeakMap<Parameter, WeakMap<Parameter, readonly Parameter[]>>();

/** The parameter with the limits of the creating one; where both have a pattern, once with each. */
function narrowed(parameter: Parameter, creating: Parameter): readonly Parameter[] {
  const ofCreating = narrowedParameters.get(creating) ?? new WeakMap<Parameter, readonly Parameter[]>();
  narrowedParameters.set(creating, ofCreating);
  const known = ofCreating.get(parameter) ?? narrow(parameter, creating);
  ofCreating.set(parameter, known);
  return known;
}

function narrow(parameter: Parameter, creating: Parameter): readonly Parameter[] {
  const { items } = parameter.schema as { items?: Schema };
  const schema = parameter.schema.type === "array" ? items : parameter.schema;
  if (schema?.type !== "string" || creating.schema.type !== "string") return [];
  const of = [schema, creating.schema];
  const limit = (name: string, choose: (...values: number[]) => number): Record<string, number> => {
    const values = of.flatMap((s) => (s as Record<string, number | undefined>)[name] ?? []);
    return values.length === 0 ? {} : { [name]: choose(...values) };
  };
  const limits: Schema = {
    ...limit("minLength", Math.max),
    ...limit("x-minBytes", Math.max),
    ...limit("maxLength", Math.min),
    ...limit("x-maxBytes", Math.min),
  };
  const patterns = [parameter, creating].flatMap(({ anchored }, i) => {
    const { pattern } = of[i] ?? {};
    return pattern === undefined ? [] : [{ pattern, anchored }];
  });
  return (patterns.length > 0 ? patterns : [{ anchored: parameter.anchored }]).map(({ anchored, ...pattern }) => {
    const narrow = { ...schema, ...limits, ...pattern } as Schema;
    return {
      ...parameter,
      anchored,
      schema: schema === parameter.schema ? narrow : ({ ...parameter.schema, items: narrow } as Schema),
      conflicts: [...parameter.conflicts, ...creating.conflicts],
    };
  });
}
