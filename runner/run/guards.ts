/** Guards against harm to the target: which calls must not be sent, and why. */
import type { Call, ExchangeRole } from "../model/index.ts";

export interface Guards {
  /** Why the call must not be sent; empty where it may be sent. A state-changing call that may be sent is counted. */
  refusalReason(call: Call, role: ExchangeRole): string;
  /** From now on no call that changes state is sent to the service. */
  forbidMutations(service: string, reason: string): void;
  /**
   * Records a response to a validly signed request. `deniedCode`: that with which it refused the credentials; empty where it did
   * not. `clockSkew`: where the clocks differ so much that every signature is refused, by how much; else empty.
   */
  recordAuthResult(service: string, deniedCode: string, clockSkew: string): void;
  /** Why nothing more is sent to the service; undefined while it may be called. */
  stopReason(service: string): string | undefined;
  /** Every reason for which calls were not sent, each once. */
  problems(): string[];
}

export interface GuardOptions {
  readonly readOnly: boolean;
  readonly maxMutations: number | undefined;
}

/** Responses of a service before its credentials can be found invalid. */
const MIN_RESPONSES = 10;
/** Only this number of latest responses counts, because a key may expire during the run. */
const WINDOW_RESPONSES = 20;
const MAX_DENIED_SHARE = 0.9;

export function createGuards({ readOnly, maxMutations }: GuardOptions): Guards {
  const mutationBans = new Map<string, string>();
  const stopReasons = new Map<string, string>();
  /** By service: whether each of its latest responses refused the credentials. */
  const recentDenials = new Map<string, boolean[]>();
  let mutations = 0;
  let limitReason = "";
  return {
    refusalReason({ action }, role) {
      // Clean-up is always allowed: it deletes what the run created.
      if (!action.mutating || role === "cleanup") return "";
      if (readOnly) return "--read-only allows no call that changes state";
      const ban = mutationBans.get(action.service.id);
      if (ban !== undefined) return ban;
      if (maxMutations !== undefined && mutations >= maxMutations) {
        limitReason = `the limit of calls that change state is reached: the target's maxMutations is ${maxMutations}`;
        return limitReason;
      }
      mutations++;
      return "";
    },
    forbidMutations: (service, reason) => void mutationBans.set(service, reason),
    recordAuthResult(service, deniedCode, clockSkew) {
      const denied = deniedCode !== "";
      if (denied && clockSkew !== "")
        stopReasons.set(
          service,
          `${clockSkew}, so ${service} refuses every signature with ${deniedCode}; set the clock that is wrong`,
        );
      const recent = recentDenials.get(service) ?? [];
      recentDenials.set(service, recent);
      if (recent.push(denied) > WINDOW_RESPONSES) recent.shift();
      if (!denied || recent.length < MIN_RESPONSES || stopReasons.has(service)) return;
      const deniedCount = recent.filter(Boolean).length;
      if (deniedCount / recent.length < MAX_DENIED_SHARE) return;
      stopReasons.set(
        service,
        `${service} refuses the credentials in ${deniedCount} of its last ${recent.length} responses; check the key, its id and its permissions`,
      );
    },
    stopReason: (service) => stopReasons.get(service),
    problems: () => [
      ...new Set([...stopReasons.values(), ...mutationBans.values(), ...(limitReason === "" ? [] : [limitReason])]),
    ],
  };
}
