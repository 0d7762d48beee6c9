/** Every variant is one of its kind, and shows in at least one answer or in how it is written. */
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

/** One of everything that a variant may answer otherwise; the order matters, since the calls build on one another. */
const script: Step[] = [
  [group, { GroupName: "n", GroupId: "g" }],
  [group, { GroupName: null, GroupId: "null" }],
  [group, { GroupName: "o", GroupId: "optional-null", Tag: null }],
  [group, { GroupName: "x".repeat(61), GroupId: "x".repeat(65) }],
  ["tencent/iai/GetPersonList", { GroupId: "g" }],
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

const answers = ({ call }: InProcessClient): string[] => script.map((step) => JSON.stringify(call(...step)));

/** What is done to a response, in words, and the body that comes of it. */
async function written(delivery: DeliveryOptions): Promise<{ readonly done: string[]; readonly body: string }> {
  const done: string[] = [];
  const pieces: Buffer[] = [];
  const put = (word: string, bytes: Buffer | undefined) => {
    if (bytes) pieces.push(bytes);
    done.push(`${word} ${bytes}`);
  };
  const response = {
    writeHead: (status: number, headers: object) => void done.push(`head ${status} ${JSON.stringify(headers)}`),
    write: (bytes: Buffer) => put("write", bytes),
    end: (bytes?: Buffer) => put("end", bytes),
  };
  const answer = { status: 200, headers: {}, body: "0123456789" };
  await deliver(delivery, response as never, answer, async (ms) => done.push(`sleep ${ms}`));
  return { done, body: Buffer.concat(pieces).toString() };
}

describe("variants", () => {
  const healthy = answers(createInProcessClient(specs));

  it("have ids of their own and say which freedom they use", () => {
    expect(new Set(variants.map((t) => t.id)).size).toBe(variants.length);
    for (const { id, freedoms } of variants) expect(freedoms, id).not.toEqual([]);
  });

  it.each(variants.filter((t) => !t.delivery).map((t) => [t.id, t] as const))(
    "%s shows, and only where it says",
    (id, t) => {
      const differing = answers(createInProcessClient(specs, { variants: [id] }))
        .map((answer, i) => ({ answer, was: healthy[i], of: script[i]?.[0] ?? "" }))
        .filter(({ answer, was }) => answer !== was);
      expect(differing.length).toBeGreaterThan(0);
      const families = differing.map(({ of }) => specs.actions.get(of)?.service.envelope.name);
      if (t.family !== undefined) expect(new Set(families)).toEqual(new Set([t.family]));
    },
  );

  it.each(variants.flatMap((t) => (t.delivery ? [[t.id, t.delivery] as const] : [])))(
    "%s is written so",
    async (_, delivery) => {
      const [own, plain] = [await written(delivery), await written({})];
      expect(own.done).not.toEqual(plain.done);
      expect(own.body).toBe(plain.body);
    },
  );

  it("that do not exist are refused with those that are near", () => {
    expect(() => findVariants(["last-cod"])).toThrow(/unknown variant "last-cod"; did you mean last-code/);
    expect(() => findVariants(["?"])).toThrow(/`assay list variants` prints all \d+/);
  });
});

describe("open-refused", () => {
  const { call } = createInProcessClient(specs, { variants: ["open-refused"] });
  const healthy = createInProcessClient(specs);
  const twice = (r: HttpRequest): HttpRequest => ({ ...r, body: (r.body as string).replace("{", '{"UserID":"a",') });

  it.each<[string, ...Step]>([
    ["an undeclared member", "tencent/im/account_import", { UserID: "a", Nobodys: 1 }],
    ["a member twice", "tencent/im/account_import", { UserID: "a" }, "tim-post", twice],
    ["a disputed character", group, { GroupName: "ä", GroupId: "disputed" }],
    [
      "a disputed number of items",
      "tencent/im/delete_group_member",
      { GroupId: "g", MemberToDel_Account: Array.from({ length: 101 }, String) },
    ],
    ["an empty list", "tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: [] }],
    ["an optional null", group, { GroupName: "n", GroupId: "null", Tag: null }],
    [
      "a photograph's null name",
      "tencent/iai/CreatePerson",
      { GroupId: "disputed", PersonName: "p", PersonId: "p", Image: providedResources["face-image"], Gender: null },
    ],
  ])("refuses %s with a code of the documents, and the healthy one does not", (_, id, members, binding, tamper) => {
    for (const { call: each } of [{ call }, healthy])
      each("tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" });
    const action = specs.actions.get(id);
    const code = codeOf(call(id, members, binding, tamper));
    const row =
      action?.errors.get(code) ?? action?.service.errors.get(code) ?? action?.service.envelope.codes.get(code);
    expect(row?.causes).toContain("request");
    expect(codeOf(healthy.call(id, members, binding, tamper))).toBe("ok");
  });

  const groups = "tencent/iai/GetGroupList";
  const header = (name: string, value: string) => (r: HttpRequest) => ({
    ...r,
    headers: [...r.headers, [name, value] as const],
  });
  const behind = (r: HttpRequest): HttpRequest => ({ ...r, body: `${r.body as string}x` });

  it.each<[string, string, CallerOptions, string]>([
    ["a time of fourteen minutes", "aws/rekognition/CreateCollection", { clockShiftSeconds: -899 }, "InvalidSignatureException"],
    ["a time of fourteen to come", "aws/rekognition/CreateCollection", { clockShiftSeconds: 899 }, "InvalidSignatureException"],
    ["a token beside a key", groups, { editBeforeSigning: header("X-TC-Token", "assay") }, "AuthFailure.TokenFailure"],
    ["text behind the JSON", groups, { editBeforeSigning: behind }, "UnknownParameter"],
  ])("refuses %s, signed so, and the healthy one does not", (_, id, options, code) => {
    const members: CallMembers = id === groups ? { Limit: 1 } : { CollectionId: "signed-so" };
    const request = createInProcessClient(specs, options).sign(id, members);
    const asSigned = () => request;
    expect(codeOf(call(id, members, undefined, asSigned))).toBe(code);
    expect(codeOf(createInProcessClient(specs).call(id, members, undefined, asSigned))).toBe("ok");
  });

  it("leaves to be what no page disputes", () => {
    const id = "aws/rekognition/CreateCollection";
    for (const clockShiftSeconds of [-299, 299]) {
      const request = createInProcessClient(specs, { clockShiftSeconds }).sign(id, { CollectionId: `c${clockShiftSeconds}` });
      expect(codeOf(call(id, {}, undefined, () => request))).toBe("ok");
    }
  });
});
