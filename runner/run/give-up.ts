/** Cases in a row without a response -> the actions, the services and in the end the target to which no more cases are sent. */
import type { Action, Case, Exchange } from "../model/index.ts";

export interface GiveUp {
  /** The service sent a response to a call, of whatever case. */
  recordAnswer(action: Action): void;
  /** The calls of the case got a response. */
  recordResponse(testCase: Case): void;
  /** `last`: the call of the case that got no response. `since`: the end of the reason. */
  recordNoResponse(testCase: Case, last: Exchange, since: string): void;
  /** Why no call is sent to the service; empty while calls are sent. */
  serviceReason(service: string): string;
  /** Why no case of the action is sent; empty while cases are sent. */
  actionReason(testCase: Case): string;
  /** The reasons, the widest first. */
  problems(): string[];
}

/** Cases in a row without a response: an action is given up before its service, and that before the target. */
const MAX_UNANSWERED = { action: 20, service: 40, target: 60 };

interface Streak {
  cases: number;
  /** What the cases differ in: families and valid calls of an action, actions of a service, services of the target. */
  readonly parts: Set<unknown>;
}

const TARGET = "the target";

/** Cases are counted, and not requests, of which each case has a different number. */
export function createGiveUp(redact: (text: string) => string): GiveUp {
  const streaks = new Map<string, Streak>();
  const reasons = new Map<string, string>();
  const count = (key: string, max: number, part: unknown, reason: string): void => {
    const streak = streaks.get(key) ?? { cases: 0, parts: new Set() };
    streaks.set(key, streak);
    streak.cases++;
    streak.parts.add(part);
    // One family, one action or one service without responses does not show that there are none for the others.
    if (streak.cases < max || streak.parts.size === 1 || reasons.has(key)) return;
    reasons.set(key, redact(`no more cases are sent to ${key}: ${streak.cases} in a row got no response (${reason})`));
  };
  const forget = ({ id, service }: Action): void => {
    for (const key of [id, service.id, TARGET]) streaks.delete(key);
  };
  const reasonOf = (key: string): string => reasons.get(key) ?? "";
  const serviceReason = (service: string): string => reasonOf(TARGET) || reasonOf(service);
  return {
    recordAnswer: forget,
    recordResponse: ({ action }) => forget(action),
    recordNoResponse({ action: { id, service }, family }, last, since) {
      const { response } = last;
      const problem =
        "reason" in response ? `${response.reason}: ${response.detail}` : `HTTP ${response.status} without an envelope`;
      const isDeviation = last.role === "judged" && family !== "valid";
      // The exchange of a control is the same for all cases that it blocks, for which nothing was sent.
      if (!isDeviation && streaks.get(id)?.parts.has(last)) return;
      const reason = problem + since;
      count(id, MAX_UNANSWERED.action, isDeviation ? family : last, reason);
      count(service.id, MAX_UNANSWERED.service, id, reason);
      count(TARGET, MAX_UNANSWERED.target, service.id, reason);
    },
    serviceReason,
    actionReason: ({ action }) => serviceReason(action.service.id) || reasonOf(action.id),
    problems: () => [...reasons.values()].reverse(),
  };
}
