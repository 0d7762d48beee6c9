/** Selections of cases for tests that are about something else than the characters of a value. */
import { families } from "../../../runner/cases/families/index.ts";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { specsOf } from "../../vitest.ts";
import { cachedCases } from "./cached-cases.ts";

/**
 * Globs for the cases of these actions (a glob of action ids): all families that have cases, but of `illegal-charset` only one
 * class of characters. With all classes it has as many cases as the other families together.
 */
export function globsWithFewCharsets(actions: string): string[] {
  const ids = [...cachedCases(specsOf(), "standard", [actions])].map((c) => c.id);
  return families
    .map(({ id }) => `${actions}/${id}/**${id === "illegal-charset" ? "/emoji-*" : ""}`)
    .filter((glob) => ids.some(globMatcher([glob])));
}
