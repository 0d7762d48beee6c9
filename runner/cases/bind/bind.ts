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
  readonly taken: CallMembers;
  readonly fill: (parameter: Parameter, i: number) => Json | undefined;
}

/** Values that must be the ids of resources before the call is made: fresh ids of samples, exact ids of boundaries. */
export function preselectedIds(c: Case, token: string, seed: number): Map<string, Json> {
  const wanted = new Map<string, Json>();
  const states = c.sample?.given ?? c.action.given;
  if (states.size === 0) return wanted;
  const chosen = (name: string) => states.get(name)?.kind === "existing" || states.get(name)?.kind === "another";
  if (c.sample) {
    const members = sampleToMembers(c.action, c.sample);
    for (const name of c.sample.uniqueMembers.filter(chosen)) {
      wanted.set(name, makeUnique(parameterOf(c, name), members[name] ?? "", token));
    }
  } else if (c.edit?.op === "set" && c.expect.outcome !== "refused" && c.edit.at.item === undefined) {
    const { at, value } = c.edit;
    if ((value.kind === "text" || value.kind === "insertCharacter") && chosen(at.parameter)) {
      const around = { seed, token, values: {}, taken: {}, fill: () => undefined };
      const p = parameterOf(c, at.parameter);
      const plain = value.kind === "insertCharacter" ? validValue(p, { ...makingOf(c, p, around), token }) : undefined;
      wanted.set(at.parameter, edited(c, c.edit, plain, around));
    }
  }
  return wanted;
}

export function bindMembers(c: Case, around: BindingContext, preset: ReadonlyMap<string, Json>): CallMembers {
  if (c.sample) return bindSample(c, around);
  const members: CallMembers = {};
  for (const name of c.members) {
    const p = parameterOf(c, name);
    members[name] = around.values[name] ?? validValue(p, makingOf(c, p, around));
  }
  for (const [name, value] of Object.entries(c.situation?.additionalMembers ?? {})) {
    members[name] = value === "fresh" ? around.token : value;
  }
  return c.edit ? changed(c, members, c.edit, around, preset) : members;
}

function changed(
  c: Case,
  members: CallMembers,
  edit: MemberEdit,
  around: BindingContext,
  preset: ReadonlyMap<string, Json>,
): CallMembers {
  if (edit.op === "request") return members;
  if (edit.op === "several") return edit.edits.reduce((m, e) => changed(c, m, e, around, preset), members);
  if (edit.op === "add") return { ...members, [edit.name]: edit.value };
  if (edit.op === "remove") {
    for (const { parameter } of edit.at) delete members[parameter];
    return members;
  }
  const { parameter, item } = edit.at;
  if (preset.has(parameter)) return members;
  const value = edited(c, edit, members[parameter], around);
  if (item === undefined) members[parameter] = value;
  else {
    const list = Array.isArray(members[parameter]) ? [...members[parameter]] : [];
    list[item] = value;
    members[parameter] = list;
  }
  return members;
}

function edited(c: Case, edit: MemberEdit & { op: "set" }, now: Json | undefined, around: BindingContext): Json {
  const p = parameterOf(c, edit.at.parameter);
  const { item } = edit.at;
  const making: ValueContext = {
    seed: around.seed,
    token: around.token,
    random: random(hash(`${c.id} ${seedSuffix(c, around)}`, around.seed)),
  };
  return makeValue(edit.value, {
    parameter: p,
    inItems: item !== undefined,
    valid: item === undefined ? now : Array.isArray(now) ? now[item] : undefined,
    making,
    taken: around.taken[p.name],
    fill: (i) => around.fill(p, i) ?? validItem(p, making, i),
  });
}

/** Another value for each call; but a call over two bindings is one call, which differs in the run's id alone. */
const seedSuffix = (c: Case, { token }: BindingContext): string => (c.equivalentTo === null ? token : "");

/** Only what must be there once carries the token; a tag or a reason reads better without. */
function makingOf(c: Case, p: Parameter, around: BindingContext): ValueContext {
  const once = mustBeUnique(c.action, p);
  return {
    seed: around.seed,
    random: random(hash(`${c.id} ${p.name} ${seedSuffix(c, around)}`, around.seed)),
    token: once ? around.token : "",
  };
}

function parameterOf(c: Case, name: string): Parameter {
  const found = c.action.parameters.find((p) => p.name === name);
  if (!found) throw new Error(`${c.action.id} has no parameter ${name}`);
  return found;
}

function bindSample(c: Case, around: BindingContext): CallMembers {
  const { sample } = c;
  if (!sample) return {};
  const members = sampleToMembers(c.action, sample);
  for (const name of Object.keys(members)) {
    const given = around.values[name];
    if (sample.serverAssigned.includes(name) || (sample.uniqueMembers.includes(name) && given !== undefined)) {
      if (given !== undefined) members[name] = given;
    } else if (sample.uniqueMembers.includes(name)) {
      members[name] = makeUnique(parameterOf(c, name), members[name] ?? "", around.token);
    } else if (given !== undefined && sample.given.get(name)?.kind === "unknown") {
      members[name] = given;
    }
  }
  return members;
}

/** The printed text with the token behind it; where it does not fit, the token takes the tail's place. */
function makeUnique(p: Parameter, printed: Json, token: string): Json {
  if (Array.isArray(printed)) return printed.map((item, i) => freshenText(p, String(item), `${token}i${i}`));
  return freshenText(p, String(printed), token);
}

function freshenText(p: Parameter, printed: string, token: string): string {
  const items = (p.schema as { items?: { maxLength?: number; "x-maxBytes"?: number } }).items;
  const schema = p.schema.type === "array" && items ? items : p.schema;
  const most = Math.min(schema.maxLength ?? Number.POSITIVE_INFINITY, schema["x-maxBytes"] ?? Number.POSITIVE_INFINITY);
  if (codePointLength(printed) + token.length <= most) return printed + token;
  return [...printed].slice(0, Math.max(0, most - token.length)).join("") + token;
}
