/** An action → the mixes of deviations that can be drawn for it, each with what is less. */
import fc from "fast-check";
import type { Action, Case } from "../../model/index.ts";
import { hash } from "../../values/random.ts";
import type { Draft } from "../template.ts";
import { scribble, scribbled } from "./arbitrary-text.ts";
import { poolOf } from "./combined-case.ts";
import { parameterOf } from "./single-deviations.ts";

/** The same mix for the same case and seed. */
export const seedOf = (c: Case, seed: number): number => hash(c.id, seed);

/** Two deviations, where the action has two parameters that can deviate. */
export const severalOf = (action: Action, flat: boolean): number =>
  Math.min(2, new Set(poolOf(action, flat).map(parameterOf)).size);

/** One to four deviations of different parameters; any text in some that the rules decide. */
export function mixes(action: Action, flat: boolean): fc.Arbitrary<Draft[]> {
  const pool = poolOf(action, flat);
  const free = scribbled(action);
  const known = pool.length > 0 ? [fc.nat(pool.length - 1).map((i) => pool[i] as Draft)] : [];
  const scribbles = free.map((p) => anyText(p.schema.maxLength).map((text) => scribble(action, p, text)));
  return fc.uniqueArray(fc.oneof(...known, ...known, ...scribbles), {
    minLength: 1,
    maxLength: 4,
    size: "max",
    selector: (draft) => parameterOf(draft),
  });
}

/** Around the limit, of characters of any plane and of those that are often mistaken. */
const anyText = (limit = 64): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength: limit + 2 }),
    fc.string({ unit: "grapheme-ascii", maxLength: limit + 2 }),
    fc.string({
      unit: fc.constantFrom("a", "Z", "7", "-", "_", "中", "é", "\u{20000}"),
      minLength: 1,
      maxLength: limit + 2,
      size: "max",
    }),
  );
