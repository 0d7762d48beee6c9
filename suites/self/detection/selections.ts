/** Selections of cases for tests that are about something else than the characters of a value. */
import { families } from "../../../runner/cases/families/index.ts";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { plan } from "../../../runner/cases/plan.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { specsOf } from "../../vitest.ts";

const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);

/**
 * Globs for the cases of these actions (a glob of action ids): all families that have cases, but of `illegal-charset` only one
 * class of characters. With all classes it has as many cases as the other families together.
 */
export function globsWithFewCharsets(actions: string): string[] {
  const ids = [...plan({ actions: specsOf().actions.values(), depth: "standard", select: [], isFlat })].map(
    (c) => c.id,
  );
  return families
    .map(({ id }) => `${actions}/${id}/**${id === "illegal-charset" ? "/emoji-*" : ""}`)
    .filter((glob) => ids.some(globMatcher([glob])));
}
