/** What a value of the right type must be besides: compiled once an action, the first breach decides. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Action, CrossParameterRule, ExpectedRefusal, Json, Parameter, Schema } from "../../model/index.ts";
import { isInConflict, mayBeAccepted } from "../conflicts.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { type Keyword, keywordTests } from "./keyword-tests.ts";
import { compileNested, compileRule } from "./nested-schemas.ts";
import { isEmpty } from "./presence.ts";

interface Check extends Keyword {
  readonly refusal: ExpectedRefusal | undefined;
  /** The documents say two things of such a value. */
  readonly disputed: ((value: Json) => boolean) | undefined;
  /** On one of their readings the value is bad, though this keyword holds. */
  readonly doubted: (value: Json) => boolean;
}

interface Compiled {
  readonly parameter: Parameter;
  readonly own: readonly Check[];
  readonly item: readonly Check[];
  readonly emptyItem: ExpectedRefusal | undefined;
  readonly shape: ValidateFunction | undefined;
}

interface Plan {
  readonly parameters: readonly Compiled[];
  readonly rules: readonly { readonly rule: CrossParameterRule; readonly holds: ValidateFunction }[];
}

const plans = new WeakMap<Action, Plan>();

function planOf(action: Action): Plan {
  let plan = plans.get(action);
  if (!plan) {
    plan = {
      parameters: action.parameters.map(compile),
      rules: action.crossParameterRules.map((rule) => ({ rule, holds: compileRule(rule.schema) })),
    };
    plans.set(action, plan);
  }
  return plan;
}

function compile(parameter: Parameter): Compiled {
  const { schema, refusals, itemRefusals, conflicts, anchored } = parameter;
  const items = (schema as { items?: Schema }).items ?? {};
  const checks = (of: Schema, entries: ReadonlyMap<string, ExpectedRefusal>, prefix: string) =>
    keywordTests(of, anchored)
      // A least size of 1 is broken by the empty value alone, which has an entry of its own.
      .filter(({ keyword }) => !(entries.has("empty") && isMinimumOne(of, keyword)))
      .map((k) => {
        const own = conflicts.filter((c) => c.constraint === prefix + k.keyword);
        return { ...k, refusal: entries.get(k.keyword), disputed: mayBeAccepted(own, k), doubted: isInConflict(own) };
      });
  return {
    parameter,
    own: checks(schema, refusals, ""),
    item: checks(items, itemRefusals, "items."),
    emptyItem: itemRefusals.get("empty"),
    shape: compileNested(schema),
  };
}

const isMinimumOne = (schema: Schema, keyword: string): boolean =>
  (keyword === "minLength" || keyword === "minItems") && (schema as Record<string, Json>)[keyword] === 1;

/** The members one after another, then the rules over several of them. */
export function constraints(context: RequestContext): EmulatorRefusal | undefined {
  if (!context.action) return undefined;
  const plan = planOf(context.action);
  for (const compiled of context.behaviour.parameterOrder(plan.parameters, context)) {
    const value = context.members[compiled.parameter.name];
    if (value === undefined || value === null) continue;
    const refused = breachOf(context, compiled, value);
    if (refused) return refused;
  }
  for (const { rule, holds } of plan.rules) {
    if (holds(context.members)) continue;
    const refused = refuseBreach(context, rule.refusal, context.codes.type, { at: rule.name, breach: "input" });
    if (refused) return refused;
  }
  return undefined;
}

function breachOf(context: RequestContext, { parameter, own, item, emptyItem, shape }: Compiled, value: Json) {
  const otherwise = parameter.refusals.get("type")?.codes[0] ?? context.codes.type;
  const give = (refusal: ExpectedRefusal | undefined, at: string, breach: string, v: Json) =>
    refuse(context, refusal?.codes[0] ?? otherwise, { at, breach, value: v });
  const by = (check: Check, at: string, v: Json) =>
    isBroken(check, v)
      ? give(check.refusal, at, check.keyword, v)
      : isUndocumented(check, v) &&
        refuseUndocumented(context, { at, breach: check.keyword, value: v }, check.refusal?.codes);
  for (const check of own) {
    const refused = by(check, parameter.name, value);
    if (refused) return refused;
  }
  if (Array.isArray(value)) {
    for (const [i, v] of value.entries()) {
      const at = `${parameter.name}[${i}]`;
      if (isEmpty(v) && emptyItem) {
        const refused = refuseBreach(context, emptyItem, otherwise, { at, breach: "empty", value: v });
        if (refused) return refused;
        continue;
      }
      for (const check of item) {
        const refused = by(check, at, v);
        if (refused) return refused;
      }
    }
  }
  if (shape && !shape(value)) return give(parameter.refusals.get("type"), parameter.name, "type", value);
  return undefined;
}

const isBroken = ({ holds, disputed, refusal }: Check, value: Json): boolean =>
  refusal?.level !== "may" && !holds(value) && !disputed?.(value);

const isUndocumented = ({ holds, refusal, disputed, doubted: isDisputed }: Check, value: Json): boolean =>
  isDisputed(value) || (!holds(value) && (refusal?.level === "may" || disputed?.(value) === true));
