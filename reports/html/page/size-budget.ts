/** What a page may spend on exchanges → for each case as much of its own as there is room for. */
import type { Verdict } from "../../../runner/model/index.ts";
import { deviationOnly, exchangeDetails } from "../exchange/exchanges.ts";
import { type Html, toText } from "./markup.ts";

/** Bytes in all, so that a page of 5,000 cases stays under 2 MB whatever a target answers. */
const most = 800_000;

/** Longest text of a body, in UTF-16 units: at first, and where that finds no room. */
const lengths = [2048, 300];

/** `waiting`: how many cases are to be shown. Each gets its share, and up to three times that of what others leave. */
export function createSizeBudget(waiting: number): (verdict: Verdict) => Html {
  let left = most;
  let still = waiting;
  return (verdict) => {
    const share = Math.min(left, (3 * left) / Math.max(still--, 1));
    for (const longest of lengths) {
      const made = exchangeDetails(verdict, longest);
      const bytes = Buffer.byteLength(toText(made));
      if (bytes > share) continue;
      left -= bytes;
      return made;
    }
    return deviationOnly(verdict);
  };
}
