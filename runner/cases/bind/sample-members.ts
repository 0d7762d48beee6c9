/** A documented sample request → members as the action declares them: `Name.0`, `Name.1.Key`, … become lists and objects, digits a number where one is declared. */
import type { Action, CallMembers, Json, Parameter, Sample, Schema } from "../../model/index.ts";
import { schemaAtPath } from "../../spec/places/paths.ts";

export function sampleToMembers(action: Action, sample: Sample): CallMembers {
  const members: CallMembers = {};
  const names = action.parameters.map(({ name }) => name);
  for (const p of action.parameters) {
    const value = sample.request[p.name] ?? collectPairs(p, sample.request, names);
    if (value !== undefined) members[p.name] = coerceNumbers(p.schema, value);
  }
  return members;
}

type Tree = Map<string, Tree | Json>;

/** `names`: of the parameters, one of which may contain a dot. */
function collectPairs({ name, schema }: Parameter, request: CallMembers, names: readonly string[]): Json | undefined {
  const tree: Tree = new Map();
  for (const [key, value] of Object.entries(request))
    if (key.startsWith(`${name}.`) && !names.includes(key)) put(tree, key.slice(name.length + 1).split("."), value);
  return tree.size === 0 ? undefined : toValue(schema, tree);
}

function put(tree: Tree, [step = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) tree.set(step, value);
  else {
    const child = tree.get(step);
    const inner: Tree = child instanceof Map ? child : new Map();
    tree.set(step, inner);
    put(inner, rest, value);
  }
}

/** A list ends before the first index that is not printed; undefined without index 0. */
function toValue(schema: Schema | undefined, node: Tree | Json): Json | undefined {
  if (!(node instanceof Map)) return node;
  if (schema?.type !== "array") {
    const inner = (name: string) => schema && (schemaAtPath(schema, `.${name}`) ?? schemaAtPath(schema, "{}"));
    return Object.fromEntries([...node].map(([name, child]) => [name, toValue(inner(name), child) ?? null]));
  }
  const items: Json[] = [];
  for (let i = 0; node.has(String(i)); i++)
    items.push(toValue(schemaAtPath(schema, "[]"), node.get(String(i)) ?? null) ?? null);
  return items.length > 0 ? items : undefined;
}

function coerceNumbers(schema: Schema | undefined, value: Json): Json {
  if (!schema) return value;
  if (Array.isArray(value)) return value.map((item) => coerceNumbers(schemaAtPath(schema, "[]"), item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, coerceNumbers(schemaAtPath(schema, `.${name}`), inner)]),
    );
  return (schema.type === "integer" || schema.type === "number") && typeof value === "string" ? Number(value) : value;
}
