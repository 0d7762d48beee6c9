/** Checks the constraints on values of the right type: compiled once per action; the first breach is the refusal. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Action, CrossParameterRule, ExpectedRefusal, Json, Parameter, Schema } from "../../model/index.ts";
import { isInConflict, mayBeAccepted } from "../conflicts.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { dependsOnUnit, type Keyword, keywordTests } from "./keyword-tests.ts";
import { compileNested, compileRule } from "./nested-schemas.ts";
import { isEmpty } from "./presence.ts";

interface Check extends Keyword {
  readonly expected: ExpectedRefusal | undefined;
  /** True for a value that breaks the keyword and that some conflicting document accepts; undefined without conflicts. */
  readonly mayBeAccepted: ((value: Json) => boolean) | undefined;
  /** True for a value that some conflicting document or unit of length refuses, even if the keyword holds. */
  readonly isInConflict: (value: Json) => boolean;
}

interface CompiledParameter {
  readonly parameter: Parameter;
  readonly valueChecks: readonly Check[];
  /** For each item of a list. */
  readonly itemChecks: readonly Check[];
  readonly emptyItem: ExpectedRefusal | undefined;
  /** Validates what the keyword checks do not cover; undefined where they cover everything. */
  readonly validateNested: ValidateFunction | undefined;
}

interface CompiledAction {
  readonly parameters: readonly CompiledParameter[];
  readonly rules: readonly { readonly rule: CrossParameterRule; readonly holds: ValidateFunction }[];
}

const compiledActions = new WeakMap<Action, CompiledAction>();

function compileAction(action: Action): CompiledAction {
  let compiled = compiledActions.get(action);
  if (!compiled) {
    compiled = {
      parameters: action.parameters.map(compileParameter),
      rules: action.crossParameterRules.map((rule) => ({ rule, holds: compileRule(rule.schema) })),
    };
    compiledActions.set(action, compiled);
  }
  return compiled;
}

function compileParameter(parameter: Parameter): CompiledParameter {
  const { schema, refusals, itemRefusals, conflicts, anchored } = parameter;
  const items = (schema as { items?: Schema }).items ?? {};
  const checks = (of: Schema, expected: ReadonlyMap<string, ExpectedRefusal>, prefix: string): Check[] =>
    [...keywordTests(of, anchored), ...disputedWithoutKeyword(of, prefix)]
      // Only the empty value breaks a minimum size of 1. Where it has a refusal of its own, that one applies.
      .filter(({ keyword }) => !(expected.has("empty") && isMinimumOne(of, keyword)))
      .map((k) => {
        const limit = (of as Record<string, unknown>)[k.keyword];
        const ownConflicts = conflicts.filter((c) => c.constraint === prefix + k.keyword);
        const conflicting = isInConflict(ownConflicts);
        return {
          ...k,
          expected: expected.get(k.keyword),
          mayBeAccepted: mayBeAccepted(ownConflicts, k),
          isInConflict: (value) => conflicting(value) || dependsOnUnit(k.keyword, limit, value),
        };
      });
  // Characters over which documents disagree although the page of the action names none.
  const disputedWithoutKeyword = (of: Schema, prefix: string): Keyword[] =>
    of.pattern === undefined && conflicts.some((c) => c.constraint === `${prefix}pattern`)
      ? [{ keyword: "pattern", holds: () => true }]
      : [];
  return {
    parameter,
    valueChecks: checks(schema, refusals, ""),
    itemChecks: checks(items, itemRefusals, "items."),
    emptyItem: itemRefusals.get("empty"),
    validateNested: compileNested(schema),
  };
}

const isMinimumOne = (schema: Schema, keyword: string): boolean =>
  (keyword === "minLength" || keyword === "minItems") && (schema as Record<string, Json>)[keyword] === 1;

/** Checks the parameters one after another, then the cross-parameter rules. */
export function checkConstraints(context: RequestContext): EmulatorRefusal | undefined {
  if (!context.action) return undefined;
  const { parameters, rules } = compileAction(context.action);
  for (const compiled of context.behaviour.parameterOrder(parameters, context)) {
    const value = context.members[compiled.parameter.name];
    if (value === undefined || value === null) continue;
    const refusal = checkValue(context, compiled, value);
    if (refusal) return refusal;
  }
  for (const { rule, holds } of rules) {
    if (holds(context.members)) continue;
    const refusal = refuseBreach(context, rule.refusal, context.codes.type, { parameter: rule.name, breach: "input" });
    if (refusal) return refusal;
  }
  return undefined;
}

function checkValue(
  context: RequestContext,
  { parameter: { name, refusals }, valueChecks, itemChecks, emptyItem, validateNested }: CompiledParameter,
  value: Json,
) {
  const typeRefusal = refusals.get("type");
  const defaultCode = typeRefusal?.codes[0] ?? context.codes.type;

  const refuseValue = (expected: ExpectedRefusal | undefined, parameter: string, breach: string, v: Json) =>
    refuse(context, expected?.codes[0] ?? defaultCode, { parameter, breach, value: v });
  const runCheck = (check: Check, parameter: string, v: Json) =>
    isBroken(check, v)
      ? refuseValue(check.expected, parameter, check.keyword, v)
      : isUndocumented(check, v) &&
        refuseUndocumented(context, { parameter, breach: check.keyword, value: v }, check.expected?.codes);
  for (const check of valueChecks) {
    const refusal = runCheck(check, name, value);
    if (refusal) return refusal;
  }
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const path = `${name}[${i}]`;
      if (isEmpty(item) && emptyItem) {
        const details = { parameter: path, breach: "empty", value: item };
        const refusal = refuseBreach(context, emptyItem, defaultCode, details);
        if (refusal) return refusal;
        continue;
      }
      for (const check of itemChecks) {
        const refusal = runCheck(check, path, item);
        if (refusal) return refusal;
      }
    }
  }
  if (validateNested && !validateNested(value)) return refuseValue(typeRefusal, name, "type", value);
  return undefined;
}

const isBroken = (check: Check, value: Json): boolean =>
  check.expected?.level !== "may" && !check.holds(value) && !check.mayBeAccepted?.(value);

const isUndocumented = (check: Check, value: Json): boolean =>
  check.isInConflict(value) ||
  (!check.holds(value) && (check.expected?.level === "may" || check.mayBeAccepted?.(value) === true));
