/** code-places: the code is the same wherever the response has one, and where each client of the vendor looks for it. */
import type { Finding } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";

export const codePlaces: Check = {
  id: "code-places",
  findings({ testCase: { action }, outcome }) {
    if (outcome.kind !== "refusal" || outcome.codesByPlace === undefined) return NO_FINDINGS;
    const { code, codesByPlace } = outcome;
    const { locations, readers } = action.service.envelope.code;
    const places = locations.map((place) => ("header" in place ? `header:${place.header}` : place.body));
    const misreaders = new Map<string, string[]>();
    for (const [place, other] of codesByPlace) if (other !== code) misreaders.set(place, []);
    for (const [client, read] of readers) {
      const first = read.find((place) => codesByPlace.has(place));
      if (first !== undefined && codesByPlace.get(first) === code) continue;
      const place = first ?? places.find((p) => read.includes(p)) ?? "";
      misreaders.set(place, [...(misreaders.get(place) ?? []), client]);
    }
    if (misreaders.size === 0) return NO_FINDINGS;
    return [...misreaders].map(([location, clients]): Finding => {
      const reason = clients.length === 0 ? "as elsewhere in the response" : `read here first by ${clients.join(", ")}`;
      const actual = codesByPlace.get(location) ?? "absent";
      return { check: "code-places", level: "should", location, expected: `${code} (${reason})`, actual };
    });
  },
};
