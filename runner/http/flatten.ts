/** Members ⇔ flat text pairs, as in query strings and forms: `Name.0`, `Infos.0.Field`. */
import type { CallMembers, Json } from "../model/index.ts";

export type Pair = readonly [name: string, value: string];
/** The values that flat pairs can express: text, in lists and objects. */
export type Nested = string | Nested[] | { [member: string]: Nested };

/**
 * Members to pairs in the members' order; list indices count from 0, numbers and booleans become their JSON text.
 * @throws for null, undefined, an empty list and an empty object, which pairs cannot express: such a member would be
 *   missing from the request, and a case about it would test another call than it describes.
 * @source https://www.tencentcloud.com/document/api/213/33225 (0-based indices, nested the same way)
 */
export function flatten(members: CallMembers): Pair[] {
  const pairs: Pair[] = [];
  for (const name in members) addPairs(pairs, name, members[name]);
  return pairs;
}

function addPairs(pairs: Pair[], name: string, value: Json | undefined): void {
  if (typeof value === "string") pairs.push([name, value]);
  else if (typeof value === "number" || typeof value === "boolean") pairs.push([name, String(value)]);
  else if (value === null || value === undefined) throw notExpressible(name, String(value));
  else if (Array.isArray(value)) {
    if (value.length === 0) throw notExpressible(name, "an empty list");
    for (let i = 0; i < value.length; i++) addPairs(pairs, `${name}.${i}`, value[i]);
  } else {
    let isEmpty = true;
    for (const member in value) {
      isEmpty = false;
      addPairs(pairs, `${name}.${member}`, value[member]);
    }
    if (isEmpty) throw notExpressible(name, "an empty object");
  }
}

function notExpressible(name: string, value: string): Error {
  return new Error(`${name}: ${value} cannot be sent in a query string or form; omit it or use a JSON binding`);
}

type Tree = Map<string, Tree | string>;

/** A name with more dots is treated as one member, so that a hostile name cannot exhaust the stack. */
const MAX_DOTS = 32;

/**
 * Pairs to nested text; never throws. A level on which every name is an index becomes a list in the order of the indices
 * (gaps close). Of two values for the same member the later one is used.
 */
export function unflatten(pairs: readonly Pair[]): { [member: string]: Nested } {
  const root: Tree = new Map();
  for (const [name, value] of pairs) {
    const split = name.split(".", MAX_DOTS + 2);
    const steps = split.length > MAX_DOTS + 1 ? [name] : split;
    let level = root;
    for (let i = 0; i < steps.length - 1; i++) {
      const step = steps[i] as string;
      const next = level.get(step);
      if (next instanceof Map) level = next;
      else {
        const child: Tree = new Map();
        level.set(step, child);
        level = child;
      }
    }
    level.set(steps[steps.length - 1] as string, value);
  }
  return toObject(root);
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

function toNested(tree: Tree | string): Nested {
  if (typeof tree === "string") return tree;
  for (const step of tree.keys()) if (!INDEX.test(step)) return toObject(tree);
  return [...tree].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => toNested(value));
}

// Object.fromEntries defines own members, so a member named __proto__ is an ordinary member.
function toObject(tree: Tree): { [member: string]: Nested } {
  return Object.fromEntries(Array.from(tree, ([name, value]) => [name, toNested(value)]));
}
