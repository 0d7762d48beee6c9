/** The documented pace: over it there is the service's own throttle code; a window slides, and only what was let through fills it. */
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
const allowed = (id: string): number => specs.actions.get(id)?.rateLimit ?? 0;

/** A world with a clock to turn. */
function paced(enforceRateLimits = true, services = specs.services) {
  let at = 0;
  const now = () => FIXED_NOW + at;
  const emulator = createEmulator({
    specs: { services },
    strict: false,
    now,
    requestId: () => "r",
    enforceRateLimits,
  });
  const send = (id: string, members: CallMembers = {}, tamper = (r: HttpRequest) => r): EmulatorResponse =>
    respond(emulator, tamper(sign(id, members)));
  /** The codes of `n` calls at `ms`, each with how often it came. */
  const burst = (ms: number, n: number, id = list, members: CallMembers = {}): Record<string, number> => {
    at = ms;
    const seen: Record<string, number> = {};
    for (let i = 0; i < n; i++) {
      const code = codeOf(send(id, members));
      seen[code] = (seen[code] ?? 0) + 1;
    }
    return seen;
  };
  return { emulator, send, burst };
}

/** The action's service alone, its action with another pace, and what else is to be different. */
function withPace(id: string, rateLimit: number, more: Partial<Service> = {}): Map<string, Service> {
  const action = specs.actions.get(id) as Action;
  const actions = new Map<string, Action>();
  const service: Service = { ...action.service, ...more, actions };
  actions.set(action.name, { ...action, rateLimit, service });
  return new Map([[service.id, service]]);
}

describe("the pace", () => {
  it("lets as many calls through as a page allows, and not one more", () => {
    const { emulator, burst } = paced();
    expect(burst(0, 53)).toEqual({ ok: 50, RequestLimitExceeded: 3 });
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 53 });
    expect(throttledCount(emulator.state.traffic)).toBe(3);
  });

  it("is kept in every window, not from one full second to the next", () => {
    const { emulator, burst } = paced();
    expect(burst(0, 10)).toEqual({ ok: 10 });
    expect(burst(900, 40)).toEqual({ ok: 40 });
    expect(burst(999, 1)).toEqual({ RequestLimitExceeded: 1 });
    expect(burst(1000, 11)).toEqual({ ok: 10, RequestLimitExceeded: 1 });
    expect(burst(1900, 41)).toEqual({ ok: 40, RequestLimitExceeded: 1 });
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 53 });
  });

  it("counts what was refused as having come, and lets the next second have its share", () => {
    const { emulator, burst } = paced();
    expect(burst(0, 50)).toEqual({ ok: 50 });
    expect(burst(500, 70)).toEqual({ RequestLimitExceeded: 70 });
    expect(burst(1000, 50)).toEqual({ ok: 50 });
    expect([peakPerSecond(emulator.state.traffic)[list], throttledCount(emulator.state.traffic)]).toEqual([120, 70]);
  });

  it("is each action's own", () => {
    const { burst } = paced();
    expect(burst(0, 51)).toEqual({ ok: 50, RequestLimitExceeded: 1 });
    expect(burst(0, 1, "tencent/organization/DescribeIdentityCenter")).toEqual({ ok: 1 });
  });

  it("is measured where it is not kept", () => {
    const { emulator, burst } = paced(false);
    expect(burst(0, 60)).toEqual({ ok: 60 });
    expect([peakPerSecond(emulator.state.traffic)[list], throttledCount(emulator.state.traffic)]).toEqual([60, 0]);
  });

  it("starts afresh where the clock is set back", () => {
    const { burst } = paced();
    expect(burst(60_000, 50)).toEqual({ ok: 50 });
    expect(burst(0, 50)).toEqual({ ok: 50 });
  });
});

describe("the code is the service's own", () => {
  it("of the messaging service the first that speaks of it", () => {
    const { burst } = paced();
    const members = { GroupId: "none", User_Account: ["administrator"] };
    expect(burst(0, allowed(role) + 1, role, members)).toEqual({ "10010": allowed(role), "60007": 1 });
  });

  it("of AWS its exception; without a documented pace there is no limit", () => {
    const none = "ResourceNotFoundException";
    const { emulator, burst } = paced(true, withPace(collection, 2));
    expect(burst(0, 3, collection, { CollectionId: "c" })).toEqual({ [none]: 2, ThrottlingException: 1 });
    expect(throttledCount(emulator.state.traffic)).toBe(1);
    expect(paced().burst(0, 300, collection, { CollectionId: "c" })).toEqual({ [none]: 300 });
  });

  it("of specs whose front door has none, the one of the service's table", () => {
    const envelope = specs.services.get("aws/rekognition")?.envelope as Envelope;
    const services = withPace(collection, 0, { envelope: { ...envelope, codes: new Map() } });
    expect(paced(true, services).burst(0, 1, collection)).toEqual({ ProvisionedThroughputExceededException: 1 });
  });
});

describe("its place", () => {
  const full = () => {
    const emulator = paced();
    emulator.burst(0, 50);
    return emulator;
  };
  it("is after the signature and the action: whoever fails there is not counted", () => {
    const { emulator, send } = full();
    const wrong = (name: string, value: string) => (r: HttpRequest) => ({
      ...r,
      headers: r.headers.map(([n, v]) => [n, n === name ? value : v] as const),
    });
    expect(codeOf(send(list, {}, (r) => ({ ...r, body: "{ }" })))).toBe("AuthFailure.SignatureFailure");
    expect(codeOf(send(list, {}, wrong("X-TC-Action", "Nothing")))).toBe("InvalidAction");
    expect(codeOf(send(list, {}, wrong("X-TC-Version", "2000-01-01")))).toBe("NoSuchVersion");
    expect(peakPerSecond(emulator.state.traffic)).toEqual({ [list]: 50 });
  });

  it("is before the parameters, and what they are refused for counts", () => {
    expect(codeOf(full().send(list, { Foo: 1 }))).toBe("RequestLimitExceeded");
    const { burst } = paced();
    expect(burst(0, 51, list, { Foo: 1 })).toEqual({ UnknownParameter: 50, RequestLimitExceeded: 1 });
  });

  it("is before anything is done", () => {
    const { emulator, burst } = paced();
    burst(0, 50, create, { Foo: 1 });
    expect(burst(0, 1, create, { GroupName: "g", GroupId: "g" })).toEqual({ RequestLimitExceeded: 1 });
    expect(countsOf(emulator.state)["tencent/iai"]).toEqual({ groups: 0, persons: 0 });
  });
});
