/** Eventual consistency: a second state of a service that reading actions see and that gets some changes late. */
import type { CallMembers } from "../../model/index.ts";
import type { HandlerContext, ServiceEmulation } from "../services/handler.ts";

export interface LateChanges {
  readonly changes: "creations" | "deletions" | "all";
  /** Milliseconds until such a change is visible. */
  readonly delayMs: number;
  /** Actions that change state see it late as well: they refuse what the delayed state or the current one refuses. */
  readonly everyAction?: true;
}

export interface DelayedState {
  /** The state that reading actions see at this time in milliseconds. */
  readonly visibleAt: (now: number) => unknown;
  /** A copy of that state for an action that changes it; undefined where only reading actions see changes late. */
  readonly copyAt: (now: number) => unknown;
  /** Adds the change of an accepted call. */
  readonly enqueue: (call: DelayedChange) => void;
}

export interface DelayedChange {
  readonly action: string;
  readonly input: CallMembers;
  /** Milliseconds. */
  readonly now: number;
  /** The ids that the call created. */
  readonly ids: readonly string[];
  readonly kind: "creations" | "deletions" | "other";
}

/** Changes become visible in the order of their calls: a late change delays every later one. */
export function createDelayedState(
  serviceEmulation: ServiceEmulation<unknown>,
  { changes, delayMs, everyAction }: LateChanges,
): DelayedState {
  const state = serviceEmulation.initialState();
  const pending: (DelayedChange & { readonly visibleFrom: number })[] = [];
  let lastVisibleFrom = 0;
  const visibleAt = (now: number) => {
    for (let next = pending[0]; next && next.visibleFrom <= now; next = pending[0]) {
      applyChange(serviceEmulation, state, next);
      pending.shift();
    }
    return state;
  };
  return {
    visibleAt,
    copyAt: (now) => (everyAction ? structuredClone(visibleAt(now)) : undefined),
    enqueue(change) {
      lastVisibleFrom = Math.max(
        lastVisibleFrom,
        change.now + (changes === "all" || change.kind === changes ? delayMs : 0),
      );
      pending.push({ ...change, visibleFrom: lastVisibleFrom });
    },
  };
}

/** Repeats an accepted call on the delayed state, with the same time and ids. */
function applyChange(
  { handlers }: ServiceEmulation<unknown>,
  state: unknown,
  { action, input, now, ids }: DelayedChange,
): void {
  const remainingIds = [...ids];
  const context: HandlerContext = { now, newId: () => remainingIds.shift() ?? "", refuse: () => undefined };
  handlers[action]?.(state, input, context);
}

/** Wraps `newId` so that `ids` collects what it returns. */
export function recordIds(newId: HandlerContext["newId"]): {
  readonly ids: string[];
  readonly newId: HandlerContext["newId"];
} {
  const ids: string[] = [];
  return {
    ids,
    newId: () => {
      const id = newId();
      ids.push(id);
      return id;
    },
  };
}
