/** The schema of a parameter → the same without references: each is replaced by what it refers to, and cut where it is inside itself too often. */
import type { Schema } from "../../model/index.ts";

/** Inside itself a shape is followed this often: enough for a rule that holds at the first level only to show. */
const MAX_DEPTH = 2;

type Keywords = Readonly<Record<string, unknown>>;

/** A schema that accepts every value stands at each cut. A reference that leads nowhere stays, and `lint` reports it. */
export function expandRefs(schema: Schema): Schema {
  if (!JSON.stringify(schema).includes('"$ref"')) return schema;
  const { $defs: _, ...root } = expand(schema, schema, new Map([["#", 1]])) as Keywords;
  return root as Schema;
}

/** `followed`: how often each reference was followed on the way. */
function expand(node: unknown, root: unknown, followed: ReadonlyMap<string, number>): unknown {
  if (Array.isArray(node)) return node.map((item) => expand(item, root, followed));
  if (typeof node !== "object" || node === null) return node;
  const { $ref: ref, ...siblings } = node as Keywords;
  if (typeof ref !== "string") return expandMembers(node as Keywords, root, followed);
  const target = resolve(root, ref);
  if (target === undefined) return node;
  const count = followed.get(ref) ?? 0;
  if (count > MAX_DEPTH) return CUT;
  return expand({ ...target, ...siblings }, root, new Map([...followed, [ref, count + 1]]));
}

const expandMembers = (node: Keywords, root: unknown, followed: ReadonlyMap<string, number>): Keywords =>
  Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "$defs" ? value : expand(value, root, followed)]),
  );

const CUT = { "x-cut": true };

/** `#` or `#/$defs/Node`; undefined where it leads to nothing in this schema. */
function resolve(root: unknown, ref: string): Keywords | undefined {
  if (ref !== "#" && !ref.startsWith("#/")) return undefined;
  const target = ref
    .split("/")
    .slice(1)
    .reduce<unknown>((node, step) => (node as Keywords | undefined)?.[step], root);
  return typeof target === "object" && target !== null ? (target as Keywords) : undefined;
}
