/** A parameter whose valid texts the spec lists -> why the outcome of any other text is open. */
import type { Parameter, SpecConflict } from "../model/index.ts";

/** Undefined where no values are listed. A number within a documented range is accepted by that range, so only texts count. */
export const unlistedText = ({ positiveValues, source }: Parameter): SpecConflict | undefined =>
  Array.isArray(positiveValues?.values)
    ? {
        constraint: "positiveValues",
        description: `the text is none of \`positiveValues\`: ${positiveValues.reason}`,
        source,
      }
    : undefined;
