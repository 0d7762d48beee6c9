/** Every variant has a unique id, and changes at least one response or how it is written. */
import { describe, expect, it } from "vitest";
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { providedResources } from "../test-credentials.ts";
import {
  type CallerOptions,
  codeOf,
  createInProcessClient,
  type InProcessClient,
} from "../testing/in-process-client.ts";
import { findVariants, variants } from "./index.ts";
import { type DeliveryOptions, deliver } from "./response-delivery.ts";

const specs = loadSpecs(builtInSpecs());
type Step = [id: string, members: CallMembers, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

const group = "tencent/iai/CreateGroup";
const forged = (r: HttpRequest): HttpRequest => ({
  ...r,
  headers: r.headers.map(([n, v]) => [n, n === "Authorization" ? v.replace(/.$/, (c) => (c === "0" ? "1" : "0")) : v]),
});

/** Of another service; the signature does not cover the header. */
const otherVersion = (r: HttpRequest): HttpRequest => ({
  ...r,
  headers: r.headers.map(([n, v]) => [n, n === "X-TC-Version" ? "2021-03-31" : v]),
});

/** Calls whose responses cover everything that a variant may change; later calls depend on the state that earlier ones leave. */
const script: Step[] = [
  [group, { GroupName: "n", GroupId: "g" }],
  [group, { GroupName: "N", GroupId: "G" }],
  [group, { GroupName: null, GroupId: "null" }],
  [group, { GroupName: "o", GroupId: "optional-null", Tag: null }],
  [group, { GroupName: "outside the BMP", GroupId: "astral", Tag: "𠀀".repeat(21) }],
  [group, { GroupName: "x".repeat(61), GroupId: "x".repeat(65) }],
  [group, { GroupName: "x".repeat(40_000), GroupId: "too long for a query" }, "tc3-get"],
  [group, { GroupName: "list", GroupId: "list", GroupExDescriptions: "text" }, "tc3-get"],
  ["tencent/iai/GetGroupList", {}, "tc3-post", otherVersion],
  ["tencent/iai/GetPersonList", { GroupId: "g" }],
  ["tencent/iai/GetGroupList", {}],
  ["tencent/organization/ListGroups", { ZoneId: providedResources.zone }],
  ["tencent/iai/DeleteGroup", { GroupId: "g" }],
  ["tencent/iai/GetPersonList", { GroupId: "g" }],
  ["tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" }],
  ["tencent/im/destroy_group", { GroupId: "nowhere" }],
  ["aws/rekognition/CreateCollection", { CollectionId: "c" }],
  ["aws/rekognition/CreateUser", { CollectionId: "c", UserId: "u" }],
  ["aws/rekognition/DescribeCollection", { CollectionId: "c" }],
  ["aws/rekognition/DeleteUser", { CollectionId: "c", UserId: "nobody" }],
  ["aws/rekognition/DescribeCollection", { CollectionId: "c" }, "awsjson11", forged],
];

const responsesOf = ({ call }: InProcessClient): string[] => script.map((step) => JSON.stringify(call(...step)));

/** Delivers a response; returns the calls on the writer as text, and the body. */
async function recordDelivery(delivery: DeliveryOptions): Promise<{ readonly steps: string[]; readonly body: string }> {
  const steps: string[] = [];
  const chunks: Buffer[] = [];
  const record = (name: string, bytes: Buffer | undefined) => {
    if (bytes) chunks.push(bytes);
    steps.push(`${name} ${bytes}`);
  };
  const writer = {
    writeHead: (status: number, headers: object) => void steps.push(`head ${status} ${JSON.stringify(headers)}`),
    write: (bytes: Buffer) => record("write", bytes),
    end: (bytes?: Buffer) => record("end", bytes),
  };
  const response = { status: 200, headers: {}, body: "0123456789" };
  await deliver(delivery, writer as never, response, async (ms) => steps.push(`sleep ${ms}`));
  return { steps, body: Buffer.concat(chunks).toString() };
}

describe("variants", () => {
  const reference = responsesOf(createInProcessClient(specs));

  it("have unique ids and name the freedoms that they use", () => {
    expect(new Set(variants.map((v) => v.id)).size).toBe(variants.length);
    for (const { id, freedoms } of variants) expect(freedoms, id).not.toEqual([]);
  });

  it.each(variants.filter((v) => !v.delivery).map((v) => [v.id, v] as const))(
    "%s changes responses, of its own family only",
    (id, { family }) => {
      const differing = responsesOf(createInProcessClient(specs, { variants: [id] }))
        .map((response, i) => ({ response, expected: reference[i], action: script[i]?.[0] ?? "" }))
        .filter(({ response, expected }) => response !== expected);
      expect(differing.length).toBeGreaterThan(0);
      const families = differing.map(({ action }) => specs.actions.get(action)?.service.envelope.name);
      if (family !== undefined) expect(new Set(families)).toEqual(new Set([family]));
    },
  );

  it.each(variants.flatMap((v) => (v.delivery ? [[v.id, v.delivery] as const] : [])))(
    "%s writes the same body in another way",
    async (_, delivery) => {
      const [variant, usual] = [await recordDelivery(delivery), await recordDelivery({})];
      expect(variant.steps).not.toEqual(usual.steps);
      expect(variant.body).toBe(usual.body);
    },
  );

  it("with an unknown id are an error that suggests similar ids", () => {
    expect(() => findVariants(["last-cod"])).toThrow(/unknown variant "last-cod"; did you mean last-code/);
    expect(() => findVariants(["?"])).toThrow(/`assay list variants` prints all \d+/);
  });
});

describe("open-refused", () => {
  const { call } = createInProcessClient(specs, { variants: ["open-refused"] });
  const reference = createInProcessClient(specs);
  const repeated = (r: HttpRequest): HttpRequest => ({ ...r, body: (r.body as string).replace("{", '{"UserID":"a",') });

  it.each<[string, ...Step]>([
    ["an undeclared member", "tencent/im/account_import", { UserID: "a", Undeclared: 1 }],
    ["a repeated member", "tencent/im/account_import", { UserID: "a" }, "tim-post", repeated],
    ["a character in conflict", group, { GroupName: "ä", GroupId: "disputed" }],
    [
      "a number of items in conflict",
      "tencent/im/delete_group_member",
      { GroupId: "g", MemberToDel_Account: Array.from({ length: 101 }, String) },
    ],
    [
      "a character that only another page forbids",
      "tencent/im/delete_group_member",
      { GroupId: "g", MemberToDel_Account: ["a", "深"] },
    ],
    ["a length whose unit decides", group, { GroupName: "astral", GroupId: "astral", Tag: "𠀀".repeat(21) }],
    ["a text that is no URL", "tencent/im/account_import", { UserID: "a", FaceUrl: "x" }],
    ["an empty list", "tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: [] }],
    ["an optional null", group, { GroupName: "n", GroupId: "null", Tag: null }],
    [
      "an optional null with an image",
      "tencent/iai/CreatePerson",
      { GroupId: "disputed", PersonName: "p", PersonId: "p", Image: providedResources["face-image"], Gender: null },
    ],
  ])("refuses %s with a documented code; the reference emulator accepts it", (_, id, members, binding, tamper) => {
    for (const client of [{ call }, reference])
      client.call("tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" });
    const action = specs.actions.get(id);
    const code = codeOf(call(id, members, binding, tamper));
    const row =
      action?.errors.get(code) ?? action?.service.errors.get(code) ?? action?.service.envelope.codes.get(code);
    expect(row?.causes).toContain("request");
    expect(codeOf(reference.call(id, members, binding, tamper))).toBe("ok");
  });

  const groups = "tencent/iai/GetGroupList";
  const addHeader = (name: string, value: string) => (r: HttpRequest) => ({
    ...r,
    headers: [...r.headers, [name, value] as const],
  });
  const appendText = (r: HttpRequest): HttpRequest => ({ ...r, body: `${r.body as string}x` });

  it.each<[string, string, CallerOptions, string]>([
    [
      "a signing time almost fifteen minutes ago",
      "aws/rekognition/CreateCollection",
      { clockShiftSeconds: -899 },
      "InvalidSignatureException",
    ],
    [
      "a signing time almost fifteen minutes ahead",
      "aws/rekognition/CreateCollection",
      { clockShiftSeconds: 899 },
      "InvalidSignatureException",
    ],
    [
      "a token that the key does not need",
      groups,
      { editBeforeSigning: addHeader("X-TC-Token", "assay") },
      "AuthFailure.TokenFailure",
    ],
    ["text behind the JSON", groups, { editBeforeSigning: appendText }, "UnknownParameter"],
  ])("refuses a correctly signed request with %s; the reference emulator accepts it", (_, id, options, code) => {
    const members: CallMembers = id === groups ? { Limit: 1 } : { CollectionId: "c" };
    const request = createInProcessClient(specs, options).sign(id, members);
    const useRequest = () => request;
    expect(codeOf(call(id, members, undefined, useRequest))).toBe(code);
    expect(codeOf(createInProcessClient(specs).call(id, members, undefined, useRequest))).toBe("ok");
  });

  it("accepts a signing time that every documentation page accepts", () => {
    const id = "aws/rekognition/CreateCollection";
    for (const clockShiftSeconds of [-299, 299]) {
      const request = createInProcessClient(specs, { clockShiftSeconds }).sign(id, {
        CollectionId: `c${clockShiftSeconds}`,
      });
      expect(codeOf(call(id, {}, undefined, () => request))).toBe("ok");
    }
  });
});
