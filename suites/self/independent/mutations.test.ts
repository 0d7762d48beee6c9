/** The independent server, broken in one point at a time: cases fail, or the point is listed as undetected. */
import { describe, expect, test } from "vitest";
import { findFailure } from "./find-failure.ts";
import { mutations } from "./mutations/index.ts";
import { undetected } from "./mutations/undetected.ts";

describe("the mutations", () => {
  test("have ids of their own", () => {
    expect(new Set(mutations.map(({ id }) => id)).size).toBe(mutations.length);
  });

  test("are the ones that are listed as undetected, and others", () => {
    const ids = new Set(mutations.map(({ id }) => id));
    expect([...undetected.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  test("are of twelve kinds, with a detected one in each", () => {
    const detected = mutations.filter(({ id }) => !undetected.has(id));
    expect(new Set(detected.map(({ kind }) => kind)).size).toBe(12);
  });
});

describe("each mutation", () => {
  // With a failure in place of `undetected`, remove the id from mutations/undetected.ts.
  test.each(mutations)("$kind: $id", async (mutation) => {
    const failure = await findFailure(mutation);
    const reason = undetected.get(mutation.id);
    expect(failure?.id ?? "undetected").toEqual(reason === undefined ? expect.stringContaining("/") : "undetected");
  });
});
