/** What keeps a run from doing harm: calls that must not be sent, and why. */
import type { Call, ExchangeRole } from "../model/index.ts";

export interface Guards {
  /** Why the call must not be sent; empty where it may. A call that changes state and may be sent is counted. */
  refusalReason(call: Call, role: ExchangeRole): string;
  /** Nothing of the service that changes state is sent. */
  forbidMutations(service: string, why: string): void;
  /** Told of every honest answer: whether it refused the credentials although nothing was wrong with them. */
  recordAuthResult(service: string, denied: boolean): void;
  /** Why nothing of the service is sent any more. */
  stopped(service: string): string | undefined;
  /** Why cases were not sent, in words. */
  problems(): string[];
}

export interface GuardOptions {
  readonly readOnly: boolean;
  readonly maxMutations: number | undefined;
}

/** So many answers before anything is said of the credentials. */
const MIN_ANSWERS = 10;
/** So many of the last ones are looked at: a key may run out in the middle. */
const WINDOW = 20;
const MAX_DENIED_SHARE = 0.9;

export function guards({ readOnly, maxMutations }: GuardOptions): Guards {
  const barred = new Map<string, string>();
  const stopped = new Map<string, string>();
  /** By service: of its last answers, whether each was such a refusal. */
  const answers = new Map<string, boolean[]>();
  let mutations = 0;
  let reached = "";
  return {
    refusalReason({ action }, role) {
      // What was made is taken away again, whatever happened.
      if (!action.mutating || role === "cleanup") return "";
      if (readOnly) return "--read-only sends nothing that changes state";
      const why = barred.get(action.service.id);
      if (why !== undefined) return why;
      if (maxMutations !== undefined && mutations >= maxMutations) {
        reached = `the target's maxMutations is ${maxMutations}, and so many calls that change state were sent`;
        return reached;
      }
      mutations++;
      return "";
    },
    forbidMutations: (service, why) => void barred.set(service, why),
    recordAuthResult(service, denied) {
      const last = answers.get(service) ?? [];
      answers.set(service, last);
      if (last.push(denied) > WINDOW) last.shift();
      if (!denied || last.length < MIN_ANSWERS || stopped.has(service)) return;
      const n = last.filter(Boolean).length;
      if (n / last.length < MAX_DENIED_SHARE) return;
      stopped.set(
        service,
        `${service} refuses the credentials: ${n} of its last ${last.length} answers; check the key, its id and what it is allowed`,
      );
    },
    stopped: (service) => stopped.get(service),
    problems: () => [...new Set([...barred.values(), ...stopped.values(), ...(reached === "" ? [] : [reached])])],
  };
}
