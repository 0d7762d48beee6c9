/** The cases of a gate → their number by action and family, and the reasons why some are not exercised. */
import { plural } from "../../../reports/text/visible-text.ts";
import type { ActionCost } from "../../cases/cost.ts";
import type { Action } from "../../model/index.ts";
import type { DriverHello } from "../../sdk/driver/messages.ts";
import type { SdkCase } from "../../sdk/sdk-case.ts";

/** Each case is about one call, and no rate limit applies. */
export function sdkCosts(cases: readonly SdkCase[]): ReadonlyMap<Action, ActionCost> {
  const costs = new Map<Action, ActionCost>();
  for (const { action, family } of cases) {
    const { families = {}, cases: n = 0 } = costs.get(action) ?? {};
    costs.set(action, {
      families: { ...families, [family]: (families[family] ?? 0) + 1 },
      cases: n + 1,
      controls: 0,
      calls: n + 1,
      mutating: 0,
      seconds: 0,
    });
  }
  return costs;
}

/** One line for each reason why cases are skipped. */
export function notExercised(hello: DriverHello, cases: readonly SdkCase[]): string[] {
  const reasons = new Map<string, number>();
  for (const { skipReason, needs } of cases) {
    const reason =
      skipReason ?? (needs !== undefined && !hello.can.includes(needs) ? `the driver cannot set ${needs}` : undefined);
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, n]) => `not exercised: ${plural(n, "case")}, because ${reason}`);
}
