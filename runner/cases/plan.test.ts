/** A plan that is iterated several times. */
import { expect, test } from "vitest";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { families } from "./families/index.ts";
import { plan } from "./plan.ts";

test("the second iteration has the same cases, and makes no templates again", () => {
  let made = 0;
  const counted = families.map((family) => ({
    ...family,
    *templates(action: Parameters<typeof family.templates>[0]) {
      made++;
      yield* family.templates(action);
    },
  }));
  const actions = [...loadSpecs(builtInSpecs()).actions.values()].slice(0, 3);
  const cases = plan({ actions, depth: "standard", select: [], isFlat: () => false, families: counted });
  const first = [...cases];
  expect(made).toBe(actions.length * families.length);
  expect([...cases]).toEqual(first);
  expect(made).toBe(actions.length * families.length);
  expect(first.length).toBeGreaterThan(100);
});
