/** The traffic of each action: what came within a second, and what goes beyond the documented pace and is throttled. */
import type { Action } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { type RequestContext, refuse } from "../request-context.ts";

export interface TrafficStats {
  /** True where calls beyond the documented pace are refused; measured is in either case. */
  readonly enforced: boolean;
  /** By the action's id. */
  readonly flows: Map<string, Flow>;
}

interface Flow {
  /** Times of the last second, the oldest first: of every call, and of those let through. */
  readonly arrived: number[];
  readonly passed: number[];
  /** The most that ever arrived within a second. */
  most: number;
  throttled: number;
}

export const newTraffic = (enforced: boolean): TrafficStats => ({ enforced, flows: new Map() });

/** Believed and known is the call by now, its parameters are not read yet: there real clouds count. */
export function checkRateLimit(context: RequestContext): EmulatorRefusal | undefined {
  const { action, now, world } = context;
  if (!action) return undefined;
  const flow = flowOf(world.traffic, action.id);
  flow.most = Math.max(flow.most, within(flow.arrived, now) + 1);
  flow.arrived.push(now);
  if (!world.traffic.enforced || action.pace === undefined) return undefined;
  const refused = within(flow.passed, now) < action.pace ? undefined : refuse(context, throttleOf(action));
  if (refused) flow.throttled++;
  else flow.passed.push(now);
  return refused;
}

const second = 1000;

/** How many of the times lie within the second that ends now; older ones are forgotten. */
function within(times: number[], now: number): number {
  // Where the clock was set back, what is still to come is held against nobody.
  while ((times.at(-1) ?? now) > now) times.pop();
  while (now - (times[0] ?? now) >= second) times.shift();
  return times.length;
}

function flowOf({ flows }: TrafficStats, id: string): Flow {
  const flow = flows.get(id) ?? { arrived: [], passed: [], most: 0, throttled: 0 };
  flows.set(id, flow);
  return flow;
}

/** The front door's own code goes before those of the service. */
function throttleOf({ service }: Action): string {
  for (const { codes } of [service.envelope, { codes: service.errors }])
    for (const [code, { causes }] of codes) if (causes.includes("throttle")) return code;
  throw new Error(`no code of ${service.id} speaks of too many calls`);
}

/** The most arrivals of each action in any one second, by its id. */
export const peakPerSecond = ({ flows }: TrafficStats): Record<string, number> =>
  Object.fromEntries([...flows].map(([id, { most }]) => [id, most]));

export const throttledCount = ({ flows }: TrafficStats): number =>
  [...flows.values()].reduce((sum, { throttled }) => sum + throttled, 0);
