/** Requests of a client, as documented and each with one mistake → the verdict of the check that concerns it. */
import { expect, test } from "vitest";
import { createEmulator, respond } from "../../emulator/emulator.ts";
import { credentials } from "../../emulator/test-credentials.ts";
import type { CallMembers, Credentials, HttpRequest } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { createJournal } from "./journal.ts";
import { receivedChecks } from "./request-findings.ts";

const specs = loadSpecs(builtInSpecs());
const now = () => Date.UTC(2026, 11, 1);
const keys = credentials["tencent"] as Credentials;

function requestTo(
  id: string,
  members: CallMembers,
  { binding = "tc3-post", key = keys.key, edit = (r: HttpRequest): HttpRequest => r } = {},
): HttpRequest {
  const action = specs.actions.get(id);
  if (!action) throw new Error(id);
  const call = { action, binding, members };
  const signing = { credentials: { ...keys, key }, host: "localhost:1", now: now(), nonce: () => 7 };
  const protocol = protocolOf(binding);
  return protocol.sign({ ...protocol.encode(call, signing), ...edit(protocol.encode(call, signing)) }, call, signing);
}

/** The verdicts of requests to an emulator with a fault and a code of the user's choice, which do not concern the client. */
function judge(...requests: HttpRequest[]) {
  const emulator = createEmulator({
    specs,
    strict: false,
    now,
    requestId: () => "r",
    faults: ["group-id-one-byte-more"],
    forcedCodes: [{ action: "tencent/iai/CreateGroup", code: "RequestLimitExceeded", times: 1 }],
  });
  const redactor = createRedactor([{ credentials: keys }]);
  const journal = createJournal({ specs, now, redactor, endpoint: "http://localhost:1" });
  for (const request of requests) journal.record(request, respond(emulator, request), false);
  return journal;
}

const group = { GroupName: "g", GroupId: "g" };
const withHeader = (name: string, value: string) => ({
  edit: (r: HttpRequest): HttpRequest => ({
    ...r,
    headers: r.headers.map(([n, v]): readonly [string, string] => [n, n === name ? value : v]),
  }),
});

test.each<[string, CallMembers, Parameters<typeof requestTo>[2], string[]]>([
  ["as documented", group, {}, []],
  ["a value that is too long, which a test may send", { ...group, GroupId: "x".repeat(100) }, {}, []],
  ["a missing member, which a test may leave out", { GroupName: "g" }, {}, []],
  ["over GET", group, { binding: "tc3-get" }, []],
  ["a member of a later edition", { ...group, FaceModelVersion: "3.0" }, {}, []],
  ["another key", group, { key: "another" }, ["signature signature: signature"]],
  ["an undeclared member", { ...group, Extra: "x" }, {}, ["/Extra Extra: unknown"]],
  ["a number for a text", { ...group, GroupId: 1 }, {}, ["/GroupId GroupId: type"]],
  ["another version", group, withHeader("X-TC-Version", "2017-01-01"), ["version Version: NoSuchVersion"]],
  ["no JSON", group, { edit: (r) => ({ ...r, body: "{" }) }, ["body body: malformed"]],
  ["another method", group, { edit: (r) => ({ ...r, method: "PUT" }) }, ["method method: method"]],
])("%s", (_, members, options, expected) => {
  const journal = judge(requestTo("tencent/iai/CreateGroup", members, options));
  const verdicts = journal.verdicts().map(({ verdict }) => verdict);
  const findings = verdicts.flatMap((v) => v.findings.map(({ location, actual }) => `${location} ${actual}`));
  expect(verdicts.map(({ id }) => id.split("/received/")[1]?.split("@")[0])).toEqual(
    receivedChecks.map(({ id }) => id),
  );
  expect(findings).toEqual(expected);
  expect(verdicts.filter(({ status }) => status === "failed")).toHaveLength(expected.length);
  for (const { status, exchanges } of verdicts) expect(exchanges).toHaveLength(status === "failed" ? 1 : 0);
});

test("requests of an action are counted together, a mistake is recorded once, and what names no action is a problem", () => {
  const wrong = requestTo("tencent/iai/CreateGroup", { ...group, Extra: "x" });
  const health: HttpRequest = { method: "GET", path: "/health", headers: [], body: "" };
  const journal = judge(requestTo("tencent/iai/CreateGroup", group), wrong, wrong, health);
  const members = journal.verdicts().find(({ verdict }) => verdict.id.includes("/members@"))?.verdict;
  expect(members).toMatchObject({ status: "failed", reason: "2 of 3 requests", findings: [{ location: "/Extra" }] });
  expect(members?.exchanges).toHaveLength(1);
  expect(JSON.stringify(members)).not.toContain(keys.key);
  expect(journal.requests()).toBe(4);
  expect(journal.problems()).toEqual(["requests that name no action of the specs: 1, the first: GET /health"]);
});
