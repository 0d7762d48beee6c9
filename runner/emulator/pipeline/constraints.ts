/** Checks the constraints on values of the right type: compiled once per action; the first breach is the refusal. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Action, CrossParameterRule, ExpectedRefusal, Json, Parameter, Place, Schema } from "../../model/index.ts";
import { conflictKeyword, placesOf } from "../../spec/places/places.ts";
import { isInConflict, mayBeAccepted } from "../conflicts.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { dependsOnUnit, type Keyword, keywordTests } from "./keyword-tests.ts";
import { compileNested, compileRule } from "./nested-schemas.ts";
import { placedValues } from "./places.ts";
import { isEmpty } from "./presence.ts";

interface Check extends Keyword {
  readonly expected: ExpectedRefusal | undefined;
  /** True for a value that breaks the keyword and that some conflicting document accepts; undefined without conflicts. */
  readonly mayBeAccepted: ((value: Json) => boolean) | undefined;
  /** True for a value that some conflicting document or unit of length refuses, even if the keyword holds. */
  readonly isInConflict: (value: Json) => boolean;
}

interface CompiledPlace {
  readonly place: Place;
  readonly checks: readonly Check[];
}

interface CompiledParameter {
  readonly parameter: Parameter;
  /** Of the value itself first, then of the items of its list, then of the places inside. */
  readonly places: readonly CompiledPlace[];
  /** Validates what the checks do not cover; undefined where they cover everything. */
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

const compileParameter = (parameter: Parameter): CompiledParameter => ({
  parameter,
  places: placesOf(parameter).map((place) => ({ place, checks: checksOf(place, parameter.anchored) })),
  validateNested: compileNested(
    parameter.schema,
    parameter.places.map(({ path }) => path),
  ),
});

function checksOf({ schema, refusals, conflicts }: Place, anchored: boolean): Check[] {
  // Characters over which documents disagree although the page of the action names none.
  const disputedWithoutKeyword: Keyword[] =
    schema.pattern === undefined && conflicts.some((c) => conflictKeyword(c) === "pattern")
      ? [{ keyword: "pattern", holds: () => true }]
      : [];
  return (
    [...keywordTests(schema, anchored), ...disputedWithoutKeyword]
      // Only the empty value breaks a minimum size of 1. Where it has a refusal of its own, that one applies.
      .filter(({ keyword }) => !(refusals.has("empty") && isMinimumOne(schema, keyword)))
      .map((k) => {
        const limit = (schema as Record<string, unknown>)[k.keyword];
        const ownConflicts = conflicts.filter((c) => conflictKeyword(c) === k.keyword);
        const conflicting = isInConflict(ownConflicts);
        return {
          ...k,
          expected: refusals.get(k.keyword),
          mayBeAccepted: mayBeAccepted(ownConflicts, k),
          isInConflict: (value) => conflicting(value) || dependsOnUnit(k.keyword, limit, value),
        };
      })
  );
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

function checkValue(context: RequestContext, { parameter, places, validateNested }: CompiledParameter, value: Json) {
  const { name, refusals } = parameter;
  const typeRefusal = refusals.get("type");
  const defaultCode = typeRefusal?.codes[0] ?? context.codes.type;
  for (const { place, checks } of places) {
    for (const { at, value: inner } of placedValues(name, value, place.path)) {
      if (inner === undefined || (inner === null && place.path !== "[]")) continue;
      const location = { parameter: at, place: place.name };
      const empty = place.path === "[]" ? place.refusals.get("empty") : undefined;
      if (isEmpty(inner) && empty) {
        const refusal = refuseBreach(context, empty, defaultCode, { ...location, breach: "empty", value: inner });
        if (refusal) return refusal;
        continue;
      }
      for (const check of checks) {
        const details = { ...location, breach: check.keyword, value: inner };
        const refusal = isBroken(check, inner)
          ? refuse(context, check.expected?.codes[0] ?? defaultCode, details)
          : isUndocumented(check, inner) && refuseUndocumented(context, details, check.expected?.codes);
        if (refusal) return refusal;
      }
    }
  }
  if (validateNested && !validateNested(value))
    return refuse(context, defaultCode, { parameter: name, breach: "type", value });
  return undefined;
}

const isBroken = (check: Check, value: Json): boolean =>
  check.expected?.level !== "may" && !check.holds(value) && !check.mayBeAccepted?.(value);

const isUndocumented = (check: Check, value: Json): boolean =>
  check.isInConflict(value) ||
  (!check.holds(value) && (check.expected?.level === "may" || check.mayBeAccepted?.(value) === true));
