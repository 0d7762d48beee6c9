/** A case -> the values of its call, made once and before its resources -> the members that are sent. */
import type { CallMembers, Case, Json, MemberEdit, MemberPath, Parameter, Sample } from "../../model/index.ts";
import { tokenValue } from "../../spec/case-token.ts";
import { pathOf, schemaAtPath } from "../../spec/places/paths.ts";
import { ruleId } from "../../spec/rules.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { keepsRules } from "../../values/keeps-rules.ts";
import { hash, random } from "../../values/random.ts";
import { itemContext, type ValueContext, validPlaceValue, validValue } from "../../values/valid-value.ts";
import { withChange, withPlace } from "./present.ts";
import { sampleToMembers } from "./sample-members.ts";
import { makeValue } from "./value.ts";

/** What the resources of a case contribute to its call. */
export interface ResourceValues {
  /** By parameter: the id that its state determines, of a resource or an unknown one. */
  readonly values: CallMembers;
  /** By parameter: the value with which the case's extra resource was created. */
  readonly existingValues: CallMembers;
  /** The value of one more list item, where a resource determines it. */
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
}

/** A case that needs no resource. */
export const NO_RESOURCES: ResourceValues = { values: {}, existingValues: {}, fill: () => undefined };

export interface PreparedCall {
  /** By parameter: ids with which the resources must be created, so that the call can name them: unique ids of samples, ids of an exact length. */
  readonly requiredIds: ReadonlyMap<string, Json>;
  /** The members of the judged call. Once for a call. */
  bind(resources: ResourceValues): CallMembers;
}

interface BindingContext extends ResourceValues {
  readonly seed: number;
  readonly token: string;
  /** From 1: other values are generated for each. */
  readonly attempt?: number;
}

/** `token`: unique to the run and this call. */
export function prepareCall(c: Case, seed: number, token: string): PreparedCall {
  const states = c.sample?.given ?? c.action.given;
  const namesResource = (name: string) => states.get(name)?.kind === "existing" || states.get(name)?.kind === "another";
  if (c.sample) {
    const { sample } = c;
    const documented = sampleToMembers(c.action, sample);
    const unique = new Map(
      sample.uniqueMembers.map((name) => [name, makeUnique(parameterOf(c, name), documented[name] ?? "", token)]),
    );
    return {
      requiredIds: new Map([...unique].filter(([name]) => namesResource(name))),
      bind: ({ values }) => bindSample(sample, documented, unique, values),
    };
  }
  const requiredIds = requiredIdOf(c, namesResource, { seed, token, ...NO_RESOURCES });
  return { requiredIds, bind: (resources) => bindMembers(c, { seed, token, ...resources }, requiredIds) };
}

const NO_IDS: ReadonlyMap<string, Json> = new Map();

/** The deviating value, where it is an id that a resource must have for the call to be accepted. */
function requiredIdOf(
  c: Case,
  namesResource: (name: string) => boolean,
  context: BindingContext,
): ReadonlyMap<string, Json> {
  const { edit, expect } = c;
  if (edit?.op !== "set" || expect.outcome === "refused" || edit.at.steps !== undefined) return NO_IDS;
  const { at, value } = edit;
  if ((value.kind !== "text" && value.kind !== "insertCharacter") || !namesResource(at.parameter)) return NO_IDS;
  const p = parameterOf(c, at.parameter);
  const valid =
    value.kind === "insertCharacter"
      ? validValue(p, { ...valueContextOf(c, p, context), token: context.token })
      : undefined;
  return new Map([[at.parameter, editedValue(c, edit, valid, context)]]);
}

/** Values with which a call may keep the rules over several parameters, such as another one of an enumeration. */
const MAX_VALUE_ATTEMPTS = 16;

function bindMembers(c: Case, context: BindingContext, requiredIds: ReadonlyMap<string, Json>): CallMembers {
  if (c.action.crossParameterRules.length === 0) {
    const members = validMembers(c, context);
    return c.edit ? applyEdit(c, members, c.edit, context, requiredIds) : members;
  }
  for (let attempt = 1; ; attempt++) {
    const ofAttempt = { ...context, attempt };
    const members = validMembers(c, ofAttempt);
    const keeps = keepsRules(c.action, members);
    const edited = c.edit ? applyEdit(c, members, c.edit, ofAttempt, requiredIds) : members;
    if ((keeps && hasExpectedRules(c, edited)) || attempt === MAX_VALUE_ATTEMPTS) return edited;
  }
}

/** True where an accepted call keeps the rules, and a call about such a rule breaks one. */
function hasExpectedRules({ action, expect, rule }: Case, edited: CallMembers): boolean {
  if (expect.outcome === "success") return keepsRules(action, edited);
  const isAboutRule = action.crossParameterRules.some(({ name }) => rule === ruleId(action, name, "input"));
  return !isAboutRule || !keepsRules(action, edited);
}

function validMembers(c: Case, context: BindingContext): CallMembers {
  const members: CallMembers = {};
  for (const name of c.members) {
    const p = parameterOf(c, name);
    members[name] = context.values[name] ?? validValue(p, valueContextOf(c, p, context));
  }
  for (const { parameter, steps = [] } of c.places) {
    const p = parameterOf(c, parameter);
    members[parameter] = withPlace(p, members[parameter], steps, valueContextOf(c, p, context));
  }
  for (const [name, value] of Object.entries(c.situation?.additionalMembers ?? {})) {
    members[name] = tokenValue(value, context.token, parameterOf(c, name));
  }
  return members;
}

function applyEdit(
  c: Case,
  members: CallMembers,
  edit: MemberEdit,
  context: BindingContext,
  requiredIds: ReadonlyMap<string, Json>,
): CallMembers {
  if (edit.op === "request") return members;
  if (edit.op === "several") return edit.edits.reduce((m, e) => applyEdit(c, m, e, context, requiredIds), members);
  if (edit.op === "add") return { ...members, [edit.name]: edit.value };
  if (edit.op === "remove") {
    for (const at of edit.at) removeAt(c, members, at, context);
    return members;
  }
  const { parameter, steps = [] } = edit.at;
  // The resource has the deviating value for its id already.
  if (requiredIds.has(parameter)) return members;
  if (steps.length === 0) {
    members[parameter] = editedValue(c, edit, members[parameter], context);
    return members;
  }
  const p = parameterOf(c, parameter);
  const isDeclared = schemaAtPath(p.schema, pathOf(steps)) !== undefined;
  const way = isDeclared ? steps : steps.slice(0, -1);
  const complete = withPlace(p, members[parameter], way, editContext(c, context));
  const changed = withChange(p.schema, complete, steps, (valid) => editedValue(c, edit, valid, context));
  if (changed !== undefined) members[parameter] = changed;
  return members;
}

function removeAt(c: Case, members: CallMembers, { parameter, steps = [] }: MemberPath, context: BindingContext): void {
  if (steps.length === 0) delete members[parameter];
  else {
    const p = parameterOf(c, parameter);
    const complete = withPlace(p, members[parameter], steps.slice(0, -1), editContext(c, context));
    const changed = withChange(p.schema, complete, steps, () => undefined);
    if (changed !== undefined) members[parameter] = changed;
  }
}

const editContext = (c: Case, context: BindingContext): ValueContext => ({
  seed: context.seed,
  token: context.token,
  random: random(hash(`${c.id} ${seedSuffix(c, context)}`, context.seed)),
});

function editedValue(
  c: Case,
  edit: MemberEdit & { op: "set" },
  valid: Json | undefined,
  context: BindingContext,
): Json {
  const p = parameterOf(c, edit.at.parameter);
  const { steps = [] } = edit.at;
  const valueContext = editContext(c, context);
  const path = pathOf(steps);
  const schema = schemaAtPath(p.schema, path) ?? {};
  const itemsPath = `${path}[]`;
  const items = { path: itemsPath, schema: schemaAtPath(p.schema, itemsPath) ?? {} };
  return makeValue(edit.value, {
    parameter: p,
    place: { path, schema },
    valid,
    context: valueContext,
    existingValue: context.existingValues[p.name],
    fill: (i) =>
      (steps.length === 0 ? context.fill(p, i) : undefined) ?? validPlaceValue(p, items, itemContext(valueContext, i)),
  });
}

/** The token makes the values of every call differ. A case that compares two bindings needs equal values, so its seed does not depend on the token. */
const seedSuffix = (c: Case, { token, attempt = 1 }: BindingContext): string =>
  `${c.equivalentTo === null ? token : ""}${attempt > 1 ? attempt : ""}`;

/** Only unique values contain the token; others, such as a tag, are easier to read without it. */
function valueContextOf(c: Case, p: Parameter, context: BindingContext): ValueContext {
  const isUnique = mustBeUnique(c.action, p);
  return {
    seed: context.seed,
    random: random(hash(`${c.id} ${p.name} ${seedSuffix(c, context)}`, context.seed)),
    token: isUnique ? context.token : "",
  };
}

function parameterOf(c: Case, name: string): Parameter {
  const parameter = c.action.parameters.find((p) => p.name === name);
  if (!parameter) throw new Error(`${c.id}: ${c.action.id} has no parameter ${name}`);
  return parameter;
}

function bindSample(
  sample: Sample,
  documented: CallMembers,
  unique: ReadonlyMap<string, Json>,
  values: CallMembers,
): CallMembers {
  const members = { ...documented };
  for (const name of Object.keys(members)) {
    const stateValue = values[name];
    if (sample.serverAssigned.includes(name) || (unique.has(name) && stateValue !== undefined)) {
      if (stateValue !== undefined) members[name] = stateValue;
    } else if (unique.has(name)) {
      members[name] = unique.get(name) ?? "";
    } else if (stateValue !== undefined && sample.given.get(name)?.kind === "unknown") {
      members[name] = stateValue;
    }
  }
  return members;
}

/** Appends the token to the documented text, or replaces the end of the text by it where both do not fit. */
function makeUnique(p: Parameter, documented: Json, token: string): Json {
  if (Array.isArray(documented)) return documented.map((item, i) => appendToken(p, String(item), `${token}i${i}`));
  return appendToken(p, String(documented), token);
}

function appendToken(p: Parameter, documented: string, token: string): string {
  const items = (p.schema as { items?: { maxLength?: number; "x-maxBytes"?: number } }).items;
  const schema = p.schema.type === "array" && items ? items : p.schema;
  const max = Math.min(schema.maxLength ?? Number.POSITIVE_INFINITY, schema["x-maxBytes"] ?? Number.POSITIVE_INFINITY);
  if (documented.length + token.length <= max) return documented + token;
  return [...documented].slice(0, Math.max(0, max - token.length)).join("") + token;
}
