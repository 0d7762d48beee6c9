/** Calls on their way at once: a call and those like it → how many each of them met. */
import type { RequestContext } from "./request-context.ts";

/** By action and body: signatures and nonces differ between calls that are otherwise the same. */
export type ConcurrentCalls = Map<string, Set<RequestContext>>;

const keyOf = ({ action, request }: RequestContext): string =>
  `${action?.id} ${Buffer.from(request.body).toString("latin1")}`;

/** Tells the call and those like it of one another. */
export function registerOverlap(flights: ConcurrentCalls, context: RequestContext): void {
  for (const other of flights.get(keyOf(context)) ?? []) {
    other.concurrentTwins++;
    context.concurrentTwins++;
  }
}

/** Keeps an accepted call in sight; what is returned lets it go. */
export function trackCall(flights: ConcurrentCalls, context: RequestContext): () => void {
  const key = keyOf(context);
  const alike = flights.get(key) ?? new Set<RequestContext>();
  flights.set(key, alike.add(context));
  return () => {
    alike.delete(context);
    if (alike.size === 0) flights.delete(key);
  };
}
