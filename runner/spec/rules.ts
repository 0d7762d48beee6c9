/** Action → its Rules: one per checkable sentence. */
import type { Action, ExpectedRefusal, Json, Parameter, Rule, Schema } from "../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "./gateway-rules.ts";

/** The breach as rules and ids name it: an empty value breaks a documented least length of 1, where there is one. */
export function breachName(schema: Schema, breach: string): string {
  if (breach !== "empty") return breach;
  if (schema.minLength === 1) return "minLength";
  return (schema as { minItems?: number }).minItems === 1 ? "minItems" : "empty";
}

/** `PROVIDER/SERVICE/ACTION/rule/PLACE/BREACH` */
export const ruleId = (action: Action, place: string, breach: string): string => `${action.id}/rule/${place}/${breach}`;

/** `items: true` says nothing of them. */
export function itemSchema({ schema }: Pick<Parameter, "schema">): Schema | undefined {
  const items: unknown = schema.type === "array" ? schema.items : undefined;
  return typeof items === "object" && items !== null ? (items as Schema) : undefined;
}

/** `PROVIDER/SERVICE/ACTION/rule/protocol/Version/absent`, `…/rule/signature/request/key` */
export const gatewayRuleId = (action: Action, { family, place, breach }: GatewayBreach): string =>
  ruleId(action, `${family}/${place}`, breach);

/** The rules of the front door, each once: where bindings differ in its codes, those of the first stand. */
export function gatewayRules(action: Action): Rule[] {
  const rules = new Map<string, Rule>();
  for (const b of gatewayBreaches(action)) {
    const { place, breach, value, refusal } = b;
    const id = gatewayRuleId(action, b);
    if (!rules.has(id)) rules.set(id, rule(action, `${b.family}/${place}`, place, breach, value, refusal));
  }
  return [...rules.values()];
}

export function rulesOf(action: Action): Rule[] {
  return [
    ...action.parameters.flatMap((p) => [
      ...breaches(action, p.name, p.name, p.schema, p.refusals, p),
      ...breaches(action, `${p.name}.items`, `${p.name}[]`, itemSchema(p) ?? {}, p.itemRefusals, p),
    ]),
    ...action.crossParameterRules.map((r) => rule(action, r.name, r.name, "input", null, r.refusal)),
    rule(action, "call", "call", "unknown", null, action.undeclaredMember),
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

function breaches(
  action: Action,
  place: string,
  at: string,
  schema: Schema,
  refusals: ReadonlyMap<string, ExpectedRefusal>,
  parameter: Parameter,
): Rule[] {
  return [...refusals].map(([breach, refusal]) => {
    const name = breachName(schema, breach);
    const value =
      breach === "unique" ? (parameter.uniqueWithin ?? null) : ((schema as Record<string, Json>)[name] ?? null);
    return rule(action, place, at, name, value, refusal);
  });
}

function rule(
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
