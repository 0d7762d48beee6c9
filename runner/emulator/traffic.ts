/** Per action: the calls that arrived within the last second, and those that the rate limit let through. */

export interface TrafficStats {
  /** True where calls beyond the documented rate limit are refused; calls are counted in either case. */
  readonly enforced: boolean;
  /** By the action's id. */
  readonly byAction: Map<string, ActionTraffic>;
}

export interface ActionTraffic {
  /** Times of every call within the last second, in milliseconds, the oldest first. */
  readonly arrivalTimes: number[];
  /** The same of the calls that were let through. */
  readonly acceptedTimes: number[];
  /** The largest number of arrivals within one second. */
  peak: number;
  throttled: number;
}

export const newTraffic = (enforced: boolean): TrafficStats => ({ enforced, byAction: new Map() });

export function trafficOf({ byAction }: TrafficStats, id: string): ActionTraffic {
  const traffic = byAction.get(id) ?? { arrivalTimes: [], acceptedTimes: [], peak: 0, throttled: 0 };
  byAction.set(id, traffic);
  return traffic;
}

const SECOND_MS = 1000;

/** Counts the times within the second that ends at `now` and removes all others from the list. */
export function countWithinSecond(times: number[], now: number): number {
  // After the clock was set back, times in the future do not count.
  while ((times.at(-1) ?? now) > now) times.pop();
  while (now - (times[0] ?? now) >= SECOND_MS) times.shift();
  return times.length;
}

/** The largest number of arrivals of each action within one second, by its id. */
export const peakPerSecond = ({ byAction }: TrafficStats): Record<string, number> =>
  Object.fromEntries([...byAction].map(([id, { peak }]) => [id, peak]));

export const throttledCount = ({ byAction }: TrafficStats): number =>
  [...byAction.values()].reduce((sum, { throttled }) => sum + throttled, 0);
