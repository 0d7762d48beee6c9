/** A case and its surroundings → the members of the judged call. */
import type { CallMembers, Case, Json, MemberEdit, Parameter } from "../../model/index.ts";
import { mustBeUnique } from "../../spec/unique-values.ts";
import { hash, random } from "../../values/random.ts";
import { codePointLength } from "../../values/text-length.ts";
import { type ValueContext, validItem, validValue } from "../../values/valid-value.ts";
import { sampleToMembers } from "./sample-members.ts";
import { makeValue } from "./value.ts";

export interface BindingContext {
  readonly seed: number;
  /** Unique to the run and this call. */
  readonly token: string;
  /** Values of the parameters whose state is there: ids of resources, unknown ids. */
  readonly values: CallMembers;
  /** What the resource beside was created with. */
  readonly existingValues: CallMembers;
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
}

/** Values that must be the ids of resources before the call is made: fresh ids of samples, exact ids of boundaries. */
export function preselectedIds(c: Case, token: string, seed: number): Map<string, Json> {
  const preset = new Map<string, Json>();
  const states = c.sample?.given ?? c.action.given;
  if (states.size === 0) return preset;
  const namesResource = (name: string) => states.get(name)?.kind === "existing" || states.get(name)?.kind === "another";
  if (c.sample) {
    const members = sampleToMembers(c.action, c.sample);
    for (const name of c.sample.uniqueMembers.filter(namesResource)) {
      preset.set(name, makeUnique(parameterOf(c, name), members[name] ?? "", token));
    }
  } else if (c.edit?.op === "set" && c.expect.outcome !== "refused" && c.edit.at.item === undefined) {
    const { at, value } = c.edit;
    if ((value.kind === "text" || value.kind === "insertCharacter") && namesResource(at.parameter)) {
      const context = { seed, token, values: {}, taken: {}, fill: () => undefined };
      const p = parameterOf(c, at.parameter);
      const plain = value.kind === "insertCharacter" ? validValue(p, { ...valueContextOf(c, p, context), token }) : undefined;
      preset.set(at.parameter, editedValue(c, c.edit, plain, context));
    }
  }
  return preset;
}

export function bindMembers(c: Case, context: BindingContext, preset: ReadonlyMap<string, Json>): CallMembers {
  if (c.sample) return bindSample(c, context);
  const members: CallMembers = {};
  for (const name of c.members) {
    const p = parameterOf(c, name);
    members[name] = context.values[name] ?? validValue(p, valueContextOf(c, p, context));
  }
  for (const [name, value] of Object.entries(c.situation?.additionalMembers ?? {})) {
    members[name] = value === "fresh" ? context.token : value;
  }
  return c.edit ? applyEdit(c, members, c.edit, context, preset) : members;
}

function applyEdit(
  c: Case,
  members: CallMembers,
  edit: MemberEdit,
  context: BindingContext,
  preset: ReadonlyMap<string, Json>,
): CallMembers {
  if (edit.op === "request") return members;
  if (edit.op === "several") return edit.edits.reduce((m, e) => applyEdit(c, m, e, context, preset), members);
  if (edit.op === "add") return { ...members, [edit.name]: edit.value };
  if (edit.op === "remove") {
    for (const { parameter } of edit.at) delete members[parameter];
    return members;
  }
  const { parameter, item } = edit.at;
  if (preset.has(parameter)) return members;
  const value = editedValue(c, edit, members[parameter], context);
  if (item === undefined) members[parameter] = value;
  else {
    const list = Array.isArray(members[parameter]) ? [...members[parameter]] : [];
    list[item] = value;
    members[parameter] = list;
  }
  return members;
}

function editedValue(c: Case, edit: MemberEdit & { op: "set" }, current: Json | undefined, context: BindingContext): Json {
  const p = parameterOf(c, edit.at.parameter);
  const { item } = edit.at;
  const valueContext: ValueContext = {
    seed: context.seed,
    token: context.token,
    random: random(hash(`${c.id} ${seedSuffix(c, context)}`, context.seed)),
  };
  return makeValue(edit.value, {
    parameter: p,
    inItems: item !== undefined,
    valid: item === undefined ? current : Array.isArray(current) ? current[item] : undefined,
    making: valueContext,
    existingValue: context.existingValues[p.name],
    fill: (i) => context.fill(p, i) ?? validItem(p, valueContext, i),
  });
}

/** Another value for each call; but a call over two bindings is one call, which differs in the run's id alone. */
const seedSuffix = (c: Case, { token }: BindingContext): string => (c.equivalentTo === null ? token : "");

/** Only what must be there once carries the token; a tag or a reason reads better without. */
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
  if (!parameter) throw new Error(`${c.action.id} has no parameter ${name}`);
  return parameter;
}

function bindSample(c: Case, context: BindingContext): CallMembers {
  const { sample } = c;
  if (!sample) return {};
  const members = sampleToMembers(c.action, sample);
  for (const name of Object.keys(members)) {
    const stateValue = context.values[name];
    if (sample.serverAssigned.includes(name) || (sample.uniqueMembers.includes(name) && stateValue !== undefined)) {
      if (stateValue !== undefined) members[name] = stateValue;
    } else if (sample.uniqueMembers.includes(name)) {
      members[name] = makeUnique(parameterOf(c, name), members[name] ?? "", context.token);
    } else if (stateValue !== undefined && sample.given.get(name)?.kind === "unknown") {
      members[name] = stateValue;
    }
  }
  return members;
}

/** The printed text with the token behind it; where it does not fit, the token takes the tail's place. */
function makeUnique(p: Parameter, documented: Json, token: string): Json {
  if (Array.isArray(documented)) return documented.map((item, i) => appendToken(p, String(item), `${token}i${i}`));
  return appendToken(p, String(documented), token);
}

function appendToken(p: Parameter, documented: string, token: string): string {
  const items = (p.schema as { items?: { maxLength?: number; "x-maxBytes"?: number } }).items;
  const schema = p.schema.type === "array" && items ? items : p.schema;
  const most = Math.min(schema.maxLength ?? Number.POSITIVE_INFINITY, schema["x-maxBytes"] ?? Number.POSITIVE_INFINITY);
  if (codePointLength(documented) + token.length <= most) return documented + token;
  return [...documented].slice(0, Math.max(0, most - token.length)).join("") + token;
}
