/** Members ⇔ flat text pairs, as query strings and forms carry them: `Name.0`, `Infos.0.Field`. */
import type { CallMembers, Json } from "../model/index.ts";

export type Pair = readonly [name: string, value: string];
/** What flat pairs can say: text, in lists and objects. */
export type Nested = string | Nested[] | { [member: string]: Nested };

/**
 * Members to pairs in the members' order; list indices count from 0, numbers and booleans become their JSON text.
 * @throws where a value has no form: null, undefined, an empty list, an empty object. Sent silently they would be
 *   absent, and a case about them would judge another call than it names.
 * @source https://www.tencentcloud.com/document/api/213/33225 (0-based indices, nested the same way)
 */
export function flatten(members: CallMembers): Pair[] {
  const pairs: Pair[] = [];
  for (const name in members) put(pairs, name, members[name]);
  return pairs;
}

function put(pairs: Pair[], name: string, value: Json | undefined): void {
  if (typeof value === "string") pairs.push([name, value]);
  else if (typeof value === "number" || typeof value === "boolean") pairs.push([name, String(value)]);
  else if (value === null || value === undefined) throw formless(name, String(value));
  else if (Array.isArray(value)) {
    if (value.length === 0) throw formless(name, "an empty list");
    for (let i = 0; i < value.length; i++) put(pairs, `${name}.${i}`, value[i]);
  } else {
    let some = false;
    for (const member in value) {
      some = true;
      put(pairs, `${name}.${member}`, value[member]);
    }
    if (!some) throw formless(name, "an empty object");
  }
}

function formless(name: string, what: string): Error {
  return new Error(`${name}: ${what} has no form in a query string or form; leave it out or use a JSON binding`);
}

type Tree = Map<string, Tree | string>;

/** A name with more dots than this is taken as one member, so that no hostile name can exhaust the stack. */
const DEEPEST = 32;

/**
 * Pairs to nested text; never throws. Where every name at a level is an index, the level is a list in the order of the
 * indices (gaps close). Of two values for one place the later stands.
 */
export function unflatten(pairs: readonly Pair[]): { [member: string]: Nested } {
  const root: Tree = new Map();
  for (const [name, value] of pairs) {
    const split = name.split(".", DEEPEST + 2);
    const steps = split.length > DEEPEST + 1 ? [name] : split;
    let level = root;
    for (let i = 0; i < steps.length - 1; i++) {
      const step = steps[i] as string;
      const next = level.get(step);
      if (next instanceof Map) level = next;
      else {
        const fresh: Tree = new Map();
        level.set(step, fresh);
        level = fresh;
      }
    }
    level.set(steps[steps.length - 1] as string, value);
  }
  return object(root);
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

function nested(tree: Tree | string): Nested {
  if (typeof tree === "string") return tree;
  for (const step of tree.keys()) if (!INDEX.test(step)) return object(tree);
  return [...tree].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => nested(value));
}

// fromEntries defines own members, so a member named __proto__ stays a member.
function object(tree: Tree): { [member: string]: Nested } {
  return Object.fromEntries(Array.from(tree, ([name, value]) => [name, nested(value)]));
}
