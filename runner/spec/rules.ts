/** Action → its rules: one for each constraint, situation and gateway breach that a document states. */
import type { Action, ExpectedRefusal, Json, Parameter, Rule, Schema } from "../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "./gateway-rules.ts";

/** The name of a breach in rule ids: `empty` becomes `minLength` or `minItems` where the schema demands at least 1. */
export function breachName(schema: Schema, breach: string): string {
  if (breach !== "empty") return breach;
  if (schema.minLength === 1) return "minLength";
  return (schema as { minItems?: number }).minItems === 1 ? "minItems" : "empty";
}

/** The breaches of a required member. A number, a boolean and an object have no empty value. */
export const requiredBreaches = ({ type }: Schema): readonly string[] =>
  type === undefined || [type].flat().some((name) => name === "string" || name === "array")
    ? ["absent", "empty", "is-null", "type"]
    : ["absent", "is-null", "type"];

/** `PROVIDER/SERVICE/ACTION/rule/PLACE/BREACH` */
export const ruleId = (action: Action, place: string, breach: string): string => `${action.id}/rule/${place}/${breach}`;

/** The schema of the items of a list parameter; undefined where the parameter is no list, or `items` is true. */
export function itemSchema({ schema }: Pick<Parameter, "schema">): Schema | undefined {
  const items: unknown = schema.type === "array" ? schema.items : undefined;
  return typeof items === "object" && items !== null ? (items as Schema) : undefined;
}

/** The parameter that the path of a rule is about, such as `Tags[].Key`; undefined for a rule about something else. */
export const ruleParameter = (action: Action, path: string): Parameter | undefined =>
  action.parameters.find(
    ({ name }) => name === path || (path.startsWith(name) && /^[.[{]/.test(path.slice(name.length))),
  );

/** For example `PROVIDER/SERVICE/ACTION/rule/protocol/Version/absent` or `…/rule/signature/request/key`. */
export const gatewayRuleId = (action: Action, { family, place, breach }: GatewayBreach): string =>
  ruleId(action, `${family}/${place}`, breach);

/** The rules of the gateway, each once: where bindings differ in the codes, those of the first binding are used. */
export function gatewayRules(action: Action): Rule[] {
  const rules = new Map<string, Rule>();
  for (const b of gatewayBreaches(action)) {
    const { place, breach, value, refusal } = b;
    const id = gatewayRuleId(action, b);
    if (!rules.has(id)) rules.set(id, toRule(action, `${b.family}/${place}`, place, breach, value, refusal));
  }
  return [...rules.values()];
}

/** The rules of the action itself, without those of the gateway. */
export function rulesOf(action: Action): Rule[] {
  return [
    ...action.parameters.flatMap((p) => [
      ...refusalRules(action, p.name, p.name, p.schema, p.refusals, p),
      ...refusalRules(action, `${p.name}.items`, `${p.name}[]`, itemSchema(p) ?? {}, p.itemRefusals, p),
      ...p.places.flatMap(({ name, schema, refusals }) => refusalRules(action, name, name, schema, refusals, p)),
    ]),
    ...action.crossParameterRules.map((r) => toRule(action, r.name, r.name, "input", null, r.refusal)),
    toRule(action, "call", "call", "unknown", null, action.undeclaredMember),
    ...action.situations.map((s): Rule => {
      const base = {
        id: ruleId(action, "situation", s.name),
        action: action.id,
        path: "situation",
        breach: s.name,
        value: null,
      };
      return s.refused
        ? { ...base, level: s.refused.level, codes: s.refused.codes, source: s.refused.source }
        : { ...base, level: "must", codes: "success", source: s.source };
    }),
  ];
}

function refusalRules(
  action: Action,
  place: string,
  path: string,
  schema: Schema,
  refusals: ReadonlyMap<string, ExpectedRefusal>,
  parameter: Parameter,
): Rule[] {
  return [...refusals].map(([breach, refusal]) => {
    const name = breachName(schema, breach);
    const value =
      breach === "unique" ? (parameter.uniqueWithin ?? null) : ((schema as Record<string, Json>)[name] ?? null);
    return toRule(action, place, path, name, value, refusal);
  });
}

function toRule(
  action: Action,
  place: string,
  path: string,
  breach: string,
  value: Json,
  refusal: ExpectedRefusal,
): Rule {
  const id = ruleId(action, place, breach);
  return {
    id,
    action: action.id,
    path,
    breach,
    value,
    level: refusal.level,
    codes: refusal.codes,
    source: refusal.source,
  };
}
