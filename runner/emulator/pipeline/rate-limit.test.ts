/** The documented rate limit: refusals with the service's throttle code; a sliding window in which only accepted calls count. */
import { describe, expect, it } from "vitest";
import type { Action, CallMembers, Envelope, HttpRequest, Service } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { createEmulator, respond } from "../emulator.ts";
import { countsOf } from "../emulator-state.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { codeOf, createInProcessClient, FIXED_NOW } from "../testing/in-process-client.ts";
import { peakPerSecond, throttledCount } from "../traffic.ts";

const specs = loadSpecs(builtInSpecs());
const { sign } = createInProcessClient(specs);
const list = "tencent/iai/GetGroupList";
const role = "tencent/im/get_role_in_group";
const create = "tencent/iai/CreateGroup";
const collection = "aws/rekognition/DescribeCollection";
const rateLimitOf = (id: string): number => specs.actions.get(id)?.rateLimit ?? 0;

/** An emulator with an adjustable clock. */
function createLimited(enforceRateLimits = true, services = specs.services) {
  let elapsedMs = 0;
  const now = () => FIXED_NOW + elapsedMs;
  const emulator = createEmulator({
    specs: { services },
    strict: false,
    now,
    requestId: () => "r",
    enforceRateLimits,
  });
  const send = (id: string, members: CallMembers = {}, tamper = (r: HttpRequest) => r): EmulatorResponse =>
    respond(emulator, tamper(sign(id, members)));
  /** Sends `n` calls at `ms` after the start; returns the number of responses by code. */
  const burst = (ms: number, n: number, id = list, members: CallMembers = {}): Record<string, number> => {
    elapsedMs = ms;
    const counts: Record<string, number> = {};
    for (let i = 0; i < n; i++) {
      const code = codeOf(send(id, members));
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  };
  return { emulator, send, burst };
}

/** The action's service with this action alone, with another rate limit and other changes. */
function withRateLimit(id: string, rateLimit: number, changes: Partial<Service> = {}): Map<string, Service> {
  const action = specs.actions.get(id) as Action;
  const actions = new Map<string, Action>();
  const service: Service = { ...action.service, ...changes, actions };
  actions.set(action.name, { ...action, rateLimit, service });
  return new Map([[service.id, service]]);
}

describe("the rate limit", () => {
  it("accepts as many calls as documented, and not one more", () => {
    const { emulator, burst } = createLimited();
    expect(burst(0, 53)).toEqual({ ok: 50, RequestLimitExceeded: 3 });
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 53 });
    expect(throttledCount(emulator.state.traffic)).toBe(3);
  });

  it("applies to a sliding window, not to calendar seconds", () => {
    const { emulator, burst } = createLimited();
    expect(burst(0, 10)).toEqual({ ok: 10 });
    expect(burst(900, 40)).toEqual({ ok: 40 });
    expect(burst(999, 1)).toEqual({ RequestLimitExceeded: 1 });
    expect(burst(1000, 11)).toEqual({ ok: 10, RequestLimitExceeded: 1 });
    expect(burst(1900, 41)).toEqual({ ok: 40, RequestLimitExceeded: 1 });
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 53 });
  });

  it("counts refused calls as arrivals, but not against the limit", () => {
    const { emulator, burst } = createLimited();
    expect(burst(0, 50)).toEqual({ ok: 50 });
    expect(burst(500, 70)).toEqual({ RequestLimitExceeded: 70 });
    expect(burst(1000, 50)).toEqual({ ok: 50 });
    expect([peakPerSecond(emulator.state.traffic)[list], throttledCount(emulator.state.traffic)]).toEqual([120, 70]);
  });

  it("is separate for each action", () => {
    const { burst } = createLimited();
    expect(burst(0, 51)).toEqual({ ok: 50, RequestLimitExceeded: 1 });
    expect(burst(0, 1, "tencent/organization/DescribeIdentityCenter")).toEqual({ ok: 1 });
  });

  it("is optional; calls are counted in either case", () => {
    const { emulator, burst } = createLimited(false);
    expect(burst(0, 60)).toEqual({ ok: 60 });
    expect([peakPerSecond(emulator.state.traffic)[list], throttledCount(emulator.state.traffic)]).toEqual([60, 0]);
  });

  it("starts again when the clock is set back", () => {
    const { burst } = createLimited();
    expect(burst(60_000, 50)).toEqual({ ok: 50 });
    expect(burst(0, 50)).toEqual({ ok: 50 });
  });
});

describe("the throttle code", () => {
  it("of tencent/im is the first one of its envelope", () => {
    const { burst } = createLimited();
    const members = { GroupId: "none", User_Account: ["administrator"] };
    expect(burst(0, rateLimitOf(role) + 1, role, members)).toEqual({ "10010": rateLimitOf(role), "60007": 1 });
  });

  it("of AWS is an exception; without a documented rate limit there is none", () => {
    const notFound = "ResourceNotFoundException";
    const { emulator, burst } = createLimited(true, withRateLimit(collection, 2));
    expect(burst(0, 3, collection, { CollectionId: "c" })).toEqual({ [notFound]: 2, ThrottlingException: 1 });
    expect(throttledCount(emulator.state.traffic)).toBe(1);
    expect(createLimited().burst(0, 300, collection, { CollectionId: "c" })).toEqual({ [notFound]: 300 });
  });

  it("of a service whose envelope has none is taken from the service's own codes", () => {
    const envelope = specs.services.get("aws/rekognition")?.envelope as Envelope;
    const services = withRateLimit(collection, 0, { envelope: { ...envelope, codes: new Map() } });
    expect(createLimited(true, services).burst(0, 1, collection)).toEqual({
      ProvisionedThroughputExceededException: 1,
    });
  });
});

describe("the stage", () => {
  const createExhausted = () => {
    const limited = createLimited();
    limited.burst(0, 50);
    return limited;
  };
  it("runs after the checks of signature and action: a call refused there is not counted", () => {
    const { emulator, send } = createExhausted();
    const withHeader = (name: string, value: string) => (r: HttpRequest) => ({
      ...r,
      headers: r.headers.map(([n, v]) => [n, n === name ? value : v] as const),
    });
    expect(codeOf(send(list, {}, (r) => ({ ...r, body: "{ }" })))).toBe("AuthFailure.SignatureFailure");
    expect(codeOf(send(list, {}, withHeader("X-TC-Action", "Nothing")))).toBe("InvalidAction");
    expect(codeOf(send(list, {}, withHeader("X-TC-Version", "2000-01-01")))).toBe("NoSuchVersion");
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 50 });
  });

  it("runs before the parameter checks: a call refused there is counted", () => {
    expect(codeOf(createExhausted().send(list, { Foo: 1 }))).toBe("RequestLimitExceeded");
    const { burst } = createLimited();
    expect(burst(0, 51, list, { Foo: 1 })).toEqual({ UnknownParameter: 50, RequestLimitExceeded: 1 });
  });

  it("runs before the action: a throttled call changes nothing", () => {
    const { emulator, burst } = createLimited();
    burst(0, 50, create, { Foo: 1 });
    expect(burst(0, 1, create, { GroupName: "g", GroupId: "g" })).toEqual({ RequestLimitExceeded: 1 });
    expect(countsOf(emulator.state)["tencent/iai"]).toEqual({ groups: 0, persons: 0 });
  });
});
