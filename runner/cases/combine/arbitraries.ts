/** An action → a fast-check arbitrary of combinations of deviations, which shrinks to smaller combinations. */
import fc from "fast-check";
import type { Action, Case } from "../../model/index.ts";
import { hash } from "../../values/random.ts";
import type { CaseTemplate } from "../template.ts";
import { arbitraryTextTemplate, freeTextPlaces } from "./arbitrary-text.ts";
import { canBeCombined, combinableTemplates } from "./combined-case.ts";
import { deviatingParameter } from "./single-deviations.ts";

/** The same case and seed give the same combination. */
export const caseSeed = (c: Case, seed: number): number => hash(c.id, seed);

/** The fewest deviations of a combination before it is shrunk: two, or as many as the action has parameters that can deviate. */
export const minDeviations = (action: Action, isFlat: boolean): number =>
  Math.min(2, new Set(combinableTemplates(action, isFlat).map(deviatingParameter)).size);

/** More would rarely be sent: the first breach hides the others. */
const MAX_DEVIATIONS = 4;

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/** One to four deviations of different parameters. A parameter whose rules decide over every text may get an arbitrary one. */
export function combinationArbitrary(action: Action, isFlat: boolean): fc.Arbitrary<CaseTemplate[]> {
  const pool = combinableTemplates(action, isFlat);
  const textPlaces = freeTextPlaces(action);
  const pooled = pool.length > 0 ? [fc.nat(pool.length - 1).map((i) => pool[i] as CaseTemplate)] : [];
  const arbitraryTexts = textPlaces.map((at) =>
    arbitraryText(at.place.schema.maxLength).map((text) => arbitraryTextTemplate(action, at, text)),
  );
  const combinations = fc.uniqueArray(fc.oneof(...pooled, ...pooled, ...arbitraryTexts), {
    minLength: 1,
    maxLength: MAX_DEVIATIONS,
    size: "max",
    selector: (template) => deviatingParameter(template),
  });
  return combinations.filter((templates) => canBeCombined(action, templates));
}

/** Any code point but a surrogate. `fc.string` would build a table of all of them, of 60 MB, in order to shrink. */
const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES })
  .map((n) => String.fromCodePoint(n < FIRST_SURROGATE ? n : n + SURROGATES));
const printableAscii = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
/** Characters that servers often count or classify wrongly, and some that every charset has. */
const trickyCharacter = fc.constantFrom("a", "Z", "7", "-", "_", "中", "é", "\u{20000}");

/** Texts around a limit (in characters). */
function arbitraryText(limit = 64): fc.Arbitrary<string> {
  const textOf = (character: fc.Arbitrary<string>, constraints: fc.ArrayConstraints = {}) =>
    fc.array(character, { maxLength: limit + 2, ...constraints }).map((characters) => characters.join(""));
  return fc.oneof(textOf(codePoint), textOf(printableAscii), textOf(trickyCharacter, { minLength: 1, size: "max" }));
}
