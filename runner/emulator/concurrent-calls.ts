/** Calls that are served at the same time → for each, the number of equal calls that it overlapped with. */
import type { Action, HttpRequest } from "../model/index.ts";

/** A call that is being served. */
export interface ServedCall {
  readonly action: Action | undefined;
  readonly request: HttpRequest;
  /** Equal calls that were served at the same time. */
  overlappingCalls: number;
}

/** The calls being served, by action and body. Signature and nonce are not part of the key: they differ between equal calls. */
export type ConcurrentCalls = Map<string, Set<ServedCall>>;

const keyOf = ({ action, request }: ServedCall): string =>
  `${action?.id} ${Buffer.from(request.body).toString("latin1")}`;

/** Increments `overlappingCalls` of the call and of each equal call that is being served, once per pair. */
export function registerOverlap(calls: ConcurrentCalls, call: ServedCall): void {
  for (const other of calls.get(keyOf(call)) ?? []) {
    other.overlappingCalls++;
    call.overlappingCalls++;
  }
}

/** Registers a call that is being served; the returned function removes it. */
export function trackCall(calls: ConcurrentCalls, call: ServedCall): () => void {
  const key = keyOf(call);
  const equalCalls = calls.get(key) ?? new Set<ServedCall>();
  calls.set(key, equalCalls.add(call));
  return () => {
    equalCalls.delete(call);
    if (equalCalls.size === 0) calls.delete(key);
  };
}
