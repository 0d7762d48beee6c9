/** A seed → phrases that read like real names, tags and reasons. */
import { en, Faker } from "@faker-js/faker";
import type { Random } from "./random.ts";

const pools = new Map<number, readonly string[]>();

/** Made once a seed: seeding a generator for each value would cost more than the request. */
function phrasePool(seed: number): readonly string[] {
  let found = pools.get(seed);
  if (!found) {
    const faker = new Faker({ locale: [en], seed });
    const makers = [
      () => faker.commerce.department(),
      () => `${faker.location.city()} ${faker.commerce.department()}`,
      () => faker.company.buzzNoun(),
      () => faker.person.lastName(),
      () => `${faker.person.firstName()} ${faker.person.lastName()}`,
      () => faker.word.words(2),
    ];
    found = Array.from({ length: 240 }, (_, i) => (makers[i % makers.length] as () => string)());
    if (pools.size > 64) pools.clear();
    pools.set(seed, found);
  }
  return found;
}

export const randomPhrase = (seed: number, from: Random): string => from.pick(phrasePool(seed));

/** A text that a structured pattern (`z-[a-z0-9]{12}`) accepts. */
export function matchingText(source: string, seed: number): string {
  const faker = new Faker({ locale: [en], seed });
  return faker.helpers.fromRegExp(source);
}
