/** An action → the mixes of deviations that can be drawn for it, each with what is less. */
import fc from "fast-check";
import type { Action, Case } from "../../model/index.ts";
import { hash } from "../../values/random.ts";
import type { CaseTemplate } from "../template.ts";
import { arbitraryTextTemplate, freeTextParameters } from "./arbitrary-text.ts";
import { combinableTemplates } from "./combined-case.ts";
import { deviatingParameter } from "./single-deviations.ts";

/** The same mix for the same case and seed. */
export const caseSeed = (c: Case, seed: number): number => hash(c.id, seed);

/** Two deviations, where the action has two parameters that can deviate. */
export const maxCombined = (action: Action, isFlat: boolean): number =>
  Math.min(2, new Set(combinableTemplates(action, isFlat).map(deviatingParameter)).size);

/** One to four deviations of different parameters; any text in some that the rules decide. */
export function combinationArbitrary(action: Action, isFlat: boolean): fc.Arbitrary<CaseTemplate[]> {
  const pool = combinableTemplates(action, isFlat);
  const textParameters = freeTextParameters(action);
  const pooled = pool.length > 0 ? [fc.nat(pool.length - 1).map((i) => pool[i] as CaseTemplate)] : [];
  const arbitraryTexts = textParameters.map((p) =>
    arbitraryText(p.schema.maxLength).map((text) => arbitraryTextTemplate(action, p, text)),
  );
  return fc.uniqueArray(fc.oneof(...pooled, ...pooled, ...arbitraryTexts), {
    minLength: 1,
    maxLength: 4,
    size: "max",
    selector: (template) => deviatingParameter(template),
  });
}

/** Around the limit, of characters of any plane and of those that are often mistaken. */
const arbitraryText = (limit = 64): fc.Arbitrary<string> =>
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
