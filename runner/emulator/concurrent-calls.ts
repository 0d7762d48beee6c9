/** Calls on their way at once: a call and those like it → how many each of them met. */
import type { Context } from "./request-context.ts";

/** By action and body: signatures and nonces differ between calls that are otherwise the same. */
export type Flights = Map<string, Set<Context>>;

const keyOf = ({ action, request }: Context): string => `${action?.id} ${Buffer.from(request.body).toString("latin1")}`;

/** Tells the call and those like it of one another. */
export function meet(flights: Flights, context: Context): void {
  for (const other of flights.get(keyOf(context)) ?? []) {
    other.rivals++;
    context.rivals++;
  }
}

/** Keeps an accepted call in sight; what is returned lets it go. */
export function takeOff(flights: Flights, context: Context): () => void {
  const key = keyOf(context);
  const alike = flights.get(key) ?? new Set<Context>();
  flights.set(key, alike.add(context));
  return () => {
    alike.delete(context);
    if (alike.size === 0) flights.delete(key);
  };
}
