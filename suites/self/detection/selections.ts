/** Selections of cases for tests that are about something else than the characters of a value. */
import { families } from "../../../runner/cases/families/index.ts";
import { specsOf } from "../../vitest.ts";
import { cachedCases } from "./cached-cases.ts";

/**
 * Globs for the cases of these actions (a glob of action ids): all families that have cases, but of `illegal-charset` only one
 * class of characters. With all classes it has as many cases as the other families together.
 */
export function globsWithFewCharsets(actions: string): string[] {
  const withCases = new Set(
    [...cachedCases(specsOf(), "standard", [actions])].map(({ family, slug }) =>
      family === "illegal-charset" ? `${family} ${slug.startsWith("emoji-")}` : family,
    ),
  );
  return families.flatMap(({ id }) => {
    if (id === "illegal-charset") return withCases.has(`${id} true`) ? [`${actions}/${id}/**/emoji-*`] : [];
    return withCases.has(id) ? [`${actions}/${id}/**`] : [];
  });
}
