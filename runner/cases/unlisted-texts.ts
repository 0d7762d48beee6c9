/** A place whose valid texts the spec lists -> why the outcome of any other text is open. */
import type { SpecConflict } from "../model/index.ts";
import type { ParameterPlace } from "./places/edits.ts";

/** Undefined where no values are listed, of the place or of the whole parameter. A number within a documented range is accepted by that range, so only texts count. */
export function unlistedText({ p, place }: ParameterPlace): SpecConflict | undefined {
  const { values, reason } = place.positiveValues ?? p.positiveValues ?? {};
  return Array.isArray(values)
    ? {
        constraint: "positiveValues",
        description: `the text is none of \`positiveValues\`: ${reason}`,
        source: place.source,
      }
    : undefined;
}
