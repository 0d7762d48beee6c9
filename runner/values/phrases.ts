/** A seed → phrases that read like real names, tags and reasons. */
import { faker } from "@faker-js/faker/locale/en";
import { memoize } from "./memoize.ts";
import type { Random } from "./random.ts";

/** 40 phrases of each of the six makers below. */
const PHRASES_PER_POOL = 240;
/** Bounds the memory of the cache; a run uses one seed. */
const MAX_CACHED_POOLS = 64;
const pools = memoize<readonly string[], number>(MAX_CACHED_POOLS);

/** The pool of a seed is made once: seeding a generator for each value would cost more time than the request. */
const phrasePool = (seed: number): readonly string[] =>
  pools(seed, () => {
    faker.seed(seed);
    const makers = [
      () => faker.commerce.department(),
      () => `${faker.location.city()} ${faker.commerce.department()}`,
      () => faker.company.buzzNoun(),
      () => faker.person.lastName(),
      () => `${faker.person.firstName()} ${faker.person.lastName()}`,
      () => faker.word.words(2),
    ];
    return Array.from({ length: PHRASES_PER_POOL }, (_, i) => (makers[i % makers.length] as () => string)());
  });

export const randomPhrase = (seed: number, random: Random): string => random.pick(phrasePool(seed));

/** A text that a structured pattern such as `z-[a-z0-9]{12}` accepts in most cases; the caller tests it. faker takes `^` and `$` for characters. */
export function matchingText(source: string, seed: number): string {
  faker.seed(seed);
  return faker.helpers.fromRegExp(source.replace(/^\^/, "").replace(/(?<!\\)\$$/, ""));
}
