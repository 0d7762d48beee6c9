/** Calls that are served at the same time → how many equal ones each of them overlapped with. */
import type { Action, HttpRequest } from "../model/index.ts";

/** A call that is being served. */
export interface ServedCall {
  readonly action: Action | undefined;
  readonly request: HttpRequest;
  /** Equal calls that were served at the same time. */
  concurrentTwins: number;
}

/** By action and body: signatures and nonces differ between calls that are otherwise the same. */
export type ConcurrentCalls = Map<string, Set<ServedCall>>;

const keyOf = ({ action, request }: ServedCall): string =>
  `${action?.id} ${Buffer.from(request.body).toString("latin1")}`;

/** Counts for the call, and for each equal one that is being served, that they overlap. */
export function registerOverlap(calls: ConcurrentCalls, call: ServedCall): void {
  for (const other of calls.get(keyOf(call)) ?? []) {
    other.concurrentTwins++;
    call.concurrentTwins++;
  }
}

/** Registers a call that is being served; the function that is returned removes it again. */
export function trackCall(calls: ConcurrentCalls, call: ServedCall): () => void {
  const key = keyOf(call);
  const equal = calls.get(key) ?? new Set<ServedCall>();
  calls.set(key, equal.add(call));
  return () => {
    equal.delete(call);
    if (equal.size === 0) calls.delete(key);
  };
}
