/** The seconds by which a request's time may deviate → calls within the window, at disputed deviations and beyond the window, in the past and in the future. */
import type { Action } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate } from "./template.ts";

export function* timeWindowTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const window = Number(b.value);
  const conflicts = (b.common?.conflicts ?? []).filter((c) => c.constraint === b.breach);
  const conflictAt = (n: number) => conflicts.find(({ seconds: [from, to] = [1, 0] }) => n >= from && n <= to);
  // One second off each limit, because a call takes time.
  const shortestWindow = Math.min(window, ...conflicts.flatMap(({ seconds }) => (seconds ? [seconds[0] - 1] : [])));
  const acceptedSeconds = [...new Set([shortestWindow - 1, window - 1])];
  for (const [side, sign] of [
    ["old", -1],
    ["ahead", 1],
  ] as const) {
    const shifted = (seconds: number) => ({
      place: "window",
      slug: `${seconds}-seconds-${side}`,
      description: `a time that is ${seconds} seconds ${side}`,
      mutation: { signing: { shiftSeconds: sign * seconds } },
    });
    for (const n of acceptedSeconds)
      yield gatewayTemplate(action, b, { ...shifted(n), accepted: true, disputed: conflictAt(n) });
    yield gatewayTemplate(action, b, shifted(window + 1));
  }
}
