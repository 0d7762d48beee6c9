/** Byte budget of a page for HTTP exchanges → the exchanges of each case, shortened or omitted where the budget is used up. */
import type { Verdict } from "../../../runner/model/index.ts";
import { deviationOnly, exchangeDetails } from "../exchange/exchanges.ts";
import { type Html, toText } from "./markup.ts";

/** For all cases together: a page of 5,000 cases stays under 2 MB whatever a target responds. */
const MAX_EXCHANGE_BYTES = 800_000;

/** Longest text of a body, in UTF-16 units: the first choice, and the one where that is too large. */
const BODY_LIMITS_UNITS = [2048, 300];

/** `caseCount`: cases that will be rendered. Each may use three times an equal share of the bytes that remain. */
export function createSizeBudget(caseCount: number): (verdict: Verdict) => Html {
  let remainingBytes = MAX_EXCHANGE_BYTES;
  let remainingCases = caseCount;
  return (verdict) => {
    const share = Math.min(remainingBytes, (3 * remainingBytes) / Math.max(remainingCases--, 1));
    for (const maxBodyUnits of BODY_LIMITS_UNITS) {
      const details = exchangeDetails(verdict, maxBodyUnits);
      const bytes = Buffer.byteLength(toText(details));
      if (bytes > share) continue;
      remainingBytes -= bytes;
      return details;
    }
    return deviationOnly(verdict);
  };
}
