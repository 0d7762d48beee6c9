/** The leniencies that requests needed → the lines that show them. */
import { plural } from "../../../reports/text/visible-text.ts";
import { leniencies } from "../../emulator/leniencies.ts";

/** One line for each leniency that a request needed; none where every request was as documented. */
export const formatLeniencies = (counts: Readonly<Record<string, number>>): string =>
  leniencies
    .filter(({ id }) => counts[id] !== undefined)
    .map(({ id, description }) => `leniency ${id}: ${plural(counts[id] ?? 0, "request")}. ${description}\n`)
    .join("");
