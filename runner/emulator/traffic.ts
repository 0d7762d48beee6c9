/** How many calls of each action arrived and were let through within the last second. */

export interface TrafficStats {
  /** True where calls beyond the documented rate limit are refused; calls are counted in either case. */
  readonly enforced: boolean;
  /** By the action's id. */
  readonly flows: Map<string, Flow>;
}

export interface Flow {
  /** Times of the last second in milliseconds, the oldest first: of every call, and of those let through. */
  readonly arrived: number[];
  readonly passed: number[];
  /** The most that ever arrived within a second. */
  most: number;
  throttled: number;
}

export const newTraffic = (enforced: boolean): TrafficStats => ({ enforced, flows: new Map() });

export function flowOf({ flows }: TrafficStats, id: string): Flow {
  const flow = flows.get(id) ?? { arrived: [], passed: [], most: 0, throttled: 0 };
  flows.set(id, flow);
  return flow;
}

const second = 1000;

/** How many of the times lie within the second that ends now; older ones are removed from the list. */
export function countWithinSecond(times: number[], now: number): number {
  // Where the clock was set back, times that are still to come count for nothing.
  while ((times.at(-1) ?? now) > now) times.pop();
  while (now - (times[0] ?? now) >= second) times.shift();
  return times.length;
}

/** The most arrivals of each action in any one second, by its id. */
export const peakPerSecond = ({ flows }: TrafficStats): Record<string, number> =>
  Object.fromEntries([...flows].map(([id, { most }]) => [id, most]));

export const throttledCount = ({ flows }: TrafficStats): number =>
  [...flows.values()].reduce((sum, { throttled }) => sum + throttled, 0);
