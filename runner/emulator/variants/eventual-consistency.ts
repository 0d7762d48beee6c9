/** A second state of a service, which follows the first one late: what reading actions see of it. */
import type { CallMembers } from "../../model/index.ts";
import type { HandlerContext, ServiceEmulation } from "../services/handler.ts";

export interface LateChanges {
  readonly changes: "creations" | "deletions";
  /** Milliseconds until such a change is seen. */
  readonly delayMs: number;
}

export interface DelayedState {
  /** What reading actions see by now. */
  readonly visibleAt: (now: number) => unknown;
  /** Takes note of a call that was accepted; `ids` are those that it gave out. */
  readonly enqueue: (call: DelayedChange) => void;
}

export interface DelayedChange {
  readonly action: string;
  readonly input: CallMembers;
  readonly now: number;
  readonly ids: readonly string[];
  readonly kind: LateChanges["changes"] | "other";
}

/** Changes are seen in their order: one that is late holds back those behind it. */
export function createDelayedState(keeper: ServiceEmulation<unknown>, late: LateChanges): DelayedState {
  const state = keeper.initialState();
  const waiting: (DelayedChange & { readonly due: number })[] = [];
  let last = 0;
  return {
    visibleAt(now) {
      for (let next = waiting[0]; next && next.due <= now; next = waiting[0]) {
        apply(keeper, state, next);
        waiting.shift();
      }
      return state;
    },
    enqueue(change) {
      last = Math.max(last, change.now + (change.kind === late.changes ? late.delayMs : 0));
      waiting.push({ ...change, due: last });
    },
  };
}

function apply(keeper: ServiceEmulation<unknown>, state: unknown, { action, input, now, ids }: DelayedChange): void {
  const left = [...ids];
  const scene: HandlerContext = { now, newId: () => left.shift() ?? "", refuse: () => undefined };
  keeper.handlers[action]?.(state, input, scene);
}

/** Remembers the ids that are given out. */
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
