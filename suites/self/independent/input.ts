/** The members of a request → the input of an action, or a refusal. */
import type { CallMembers, Json } from "../../../runner/model/index.ts";
import { type ParameterRule, refuseWith, type Shape } from "./call.ts";
import type { ServerHooks } from "./hooks.ts";

/** Codes of the rules that all actions of a service share. */
export interface InputCodes {
  readonly absent: string;
  readonly type: string;
  /** Absent where undeclared members are ignored. */
  readonly unknown?: string;
}

type Parameters = Readonly<Record<string, ParameterRule>>;

/** Checks names, then presence and types, then values, each in the order of the page. @throws RefusedCall */
export function readInput(
  parameters: Parameters,
  members: CallMembers,
  codes: InputCodes,
  hooks: ServerHooks,
): CallMembers {
  if (codes.unknown !== undefined)
    for (const name of Object.keys(members)) if (!Object.hasOwn(parameters, name)) refuseWith(codes.unknown);
  const input: CallMembers = {};
  for (const [name, { shape, required }] of Object.entries(parameters)) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (value === undefined || value === null) {
      if (required) refuseWith(codes.absent);
      continue;
    }
    input[name] = checkedType(shape, value, codes, hooks);
  }
  for (const [name, value] of Object.entries(input)) checkValue((parameters[name] as ParameterRule).shape, value);
  return input;
}

function checkedType(shape: Shape, sent: Json, codes: InputCodes, hooks: ServerHooks): Json {
  const value = hooks.convert(shape, sent);
  const fails = (): never => refuseWith(codes.type);
  switch (shape.type) {
    case "text":
      return typeof value === "string" ? value : fails();
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) >= 2 ** 63) return fails();
      return shape.unsigned && value < 0 ? fails() : value;
    case "boolean":
      return typeof value === "boolean" ? value : fails();
    case "list":
      return Array.isArray(value) ? value.map((item) => checkedType(shape.items, item, codes, hooks)) : fails();
    case "map":
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return fails();
      const { unknown: _, ...inner } = codes;
      if (shape.type === "object") return readInput(shape.members, value, inner, hooks);
      return Object.values(value).every((item) => typeof item === "string") ? value : fails();
    }
  }
}

function checkValue(shape: Shape, value: Json): void {
  const code =
    shape.type === "text"
      ? shape.check?.(value as string)
      : shape.type === "integer"
        ? shape.check?.(value as number)
        : shape.type === "list"
          ? shape.check?.(value as readonly unknown[])
          : undefined;
  if (code !== undefined) refuseWith(code);
  if (shape.type === "list") for (const item of value as Json[]) checkValue(shape.items, item);
  if (shape.type === "object")
    for (const [name, inner] of Object.entries(value as CallMembers))
      if (inner !== null) checkValue((shape.members[name] as ParameterRule).shape, inner);
}

/** The decoded pairs of a query or form, `List.0.Member=x` → members, with numbers and booleans as the shapes ask for them. */
export function membersOfPairs(parameters: Parameters, pairs: readonly (readonly [string, string])[]): CallMembers {
  const tree: Tree = new Map();
  for (const [key, value] of pairs) {
    const path = key.split(".");
    const last = path.pop() as string;
    let node = tree;
    for (const step of path) {
      const next = node.get(step);
      const child: Tree = next instanceof Map ? next : new Map();
      node.set(step, child);
      node = child;
    }
    node.set(last, value);
  }
  return Object.fromEntries([...tree].map(([name, node]) => [name, treeValue(parameters[name]?.shape, node)]));
}

type Tree = Map<string, string | Tree>;

function treeValue(shape: Shape | undefined, node: string | Tree): Json {
  if (typeof node === "string") {
    if (shape?.type === "integer" && /^-?\d+$/.test(node)) return Number(node);
    if (shape?.type === "boolean" && /^(true|false)$/i.test(node)) return node.toLowerCase() === "true";
    return node;
  }
  const entries = [...node];
  if (shape?.type === "list" && entries.every(([index]) => /^\d+$/.test(index)))
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => treeValue(shape.items, item));
  const members = shape?.type === "object" ? shape.members : {};
  return Object.fromEntries(entries.map(([name, item]) => [name, treeValue(members[name]?.shape, item)]));
}
