/** Each leniency accepts what a client sends, and counts it; a strict emulator refuses the same request. */
import { expect, test } from "vitest";
import type { Action, CallMembers, Credentials, HttpRequest } from "../model/index.ts";
import { protocolOf } from "../protocols/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { createEmulator, respond } from "./emulator.ts";
import { type LeniencyId, leniencies } from "./leniencies.ts";
import { credentials } from "./test-credentials.ts";

const specs = loadSpecs(builtInSpecs());
const NOW = Date.UTC(2026, 10, 21, 12);

function signed(action: Action, members: CallMembers, host = "iai.tencentcloudapi.com"): HttpRequest {
  const isIm = action.id.startsWith("tencent/im/");
  const call = { action, binding: isIm ? "tim-post" : "tc3-post", members };
  const keys = credentials[isIm ? "tencent/im" : "tencent"] as Credentials;
  const signing = { credentials: keys, host, now: NOW, nonce: () => 7 };
  const protocol = protocolOf(call.binding);
  return protocol.sign(protocol.encode(call, signing), call, signing);
}

const actionOf = (id: string): Action => specs.actions.get(id) as Action;
const list = actionOf("tencent/iai/GetGroupList");
const group = { GroupId: "g", GroupName: "g" };

const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: [...request.headers.filter(([n]) => n.toLowerCase() !== name.toLowerCase()), [name, value]],
});

const signedFor = (service: string): HttpRequest =>
  signed({ ...list, service: { ...list.service, credentialScope: service } }, {}, "127.0.0.1:80");

/** The signature covers a constant text; the body is sent all the same. */
function unsigned(): HttpRequest {
  const call = { action: list, binding: "tc3-post", members: { Limit: 1 } };
  const signing = {
    credentials: credentials["tencent"] as Credentials,
    host: "iai.tencentcloudapi.com",
    now: NOW,
    nonce: () => 7,
  };
  const protocol = protocolOf(call.binding);
  const request = protocol.encode(call, signing);
  const { body } = request;
  const constant = protocol.sign({ ...request, body: Buffer.from("UNSIGNED-PAYLOAD") }, call, signing);
  return withHeader({ ...constant, body }, "X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
}

const requests: Readonly<Record<LeniencyId, () => HttpRequest>> = {
  "host-without-port": () => withHeader(signed(list, {}, "127.0.0.1"), "Host", "127.0.0.1:80"),
  "scope-of-address": () => signedFor("127"),
  "unsigned-payload": unsigned,
  "request-client": () => withHeader(signed(list, {}), "X-TC-RequestClient", "SDK_NODEJS_4"),
  "trace-id": () => withHeader(signed(list, {}), "X-TC-TraceId", "6b1e"),
  "region-null": () => withHeader(signed(list, {}), "X-TC-Region", "null"),
  "later-members": () => signed(actionOf("tencent/iai/CreateGroup"), { ...group, FaceModelVersion: "3.0" }),
  "earlier-member": () => signed(actionOf("tencent/im/account_import"), { Identifier: "someone" }),
};

function send(request: HttpRequest, strict: boolean) {
  const emulator = createEmulator({ specs, strict, now: () => NOW, requestId: () => "r" });
  const { body } = respond(emulator, request);
  const isRefused = /"Error"|"ErrorCode":[1-9]/.test(body);
  return { isRefused, counts: Object.fromEntries(emulator.state.leniencies.counts) };
}

// The header of an unsigned payload needs the same leniency as its signature.
test.each(leniencies.map(({ id }) => [id, id === "unsigned-payload" ? 2 : 1] as const))("%s", (id, count) => {
  expect(send(requests[id](), false)).toEqual({ isRefused: false, counts: { [id]: count } });
  expect(send(requests[id](), true)).toEqual({ isRefused: true, counts: {} });
});

test("a request as documented needs none, and a wrong signature is not made valid by several", () => {
  expect(send(signed(list, {}), false)).toEqual({ isRefused: false, counts: {} });
  const altered = { ...unsigned(), path: "/?x=1" };
  expect(send(altered, false)).toEqual({ isRefused: true, counts: {} });
});

test("a path that begins with two slashes is refused in the envelope of Tencent IM, with and without a signature", () => {
  for (const query of ["", "?usersig=x"]) {
    const request = {
      method: "POST",
      path: `//v4/group_open_http_svc/create_group${query}`,
      headers: [],
      body: Buffer.from("{}"),
    };
    const emulator = createEmulator({ specs, strict: false, now: () => NOW, requestId: () => "r" });
    expect(JSON.parse(respond(emulator, request).body)).toMatchObject({ ActionStatus: "FAIL" });
  }
});
