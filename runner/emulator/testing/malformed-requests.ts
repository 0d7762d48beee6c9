/** Requests that are wrong in front of an action, one of each kind: what the emulator's own tests send to its front door. */
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { writeUserSig } from "../../protocols/tencent-im/usersig.ts";
import type { Specs } from "../../spec/load.ts";
import { type CallerOptions, createInProcessClient, FIXED_NOW } from "./in-process-client.ts";

type Change = (request: HttpRequest) => HttpRequest;
export type MalformedRequest = [id: string, members: CallMembers, binding: string, tamper: Change];

/** Undefined takes it away. */
const header =
  (name: string, value: string | undefined): Change =>
  (r) => ({
    ...r,
    headers: [
      ...r.headers.filter(([n]) => n.toLowerCase() !== name.toLowerCase()),
      ...(value === undefined ? [] : [[name, value] as const]),
    ],
  });
const inHeader =
  (name: string, change: (value: string) => string): Change =>
  (r) =>
    header(name, change(r.headers.find(([n]) => n === name)?.[1] ?? ""))(r);
const body =
  (text: string | ((had: string) => string)): Change =>
  (r) => ({ ...r, body: typeof text === "string" ? text : text(String(r.body)) });
const method =
  (name: string): Change =>
  (r) => ({ ...r, method: name });
const path =
  (change: (had: string) => string): Change =>
  (r) => ({ ...r, path: change(r.path) });
const pair = (name: string, value: string | undefined) => (text: string) =>
  text.replace(new RegExp(`(^|[?&])${name}=[^&]*`), value === undefined ? "$1" : `$1${name}=${value}`);
const asSigned: Change = (r) => r;

const bodies: readonly Change[] = [
  body(""),
  body("null"),
  body("7"),
  body('"assay"'),
  body((had) => `{${had}`),
  body((had) => `${had}x`),
  body((had) => `[${had}]`),
  body("[[[]]]"),
];

/** Before it is signed, so that the signature fits. */
export function malformedRequests(specs: Pick<Specs, "services" | "actions">): MalformedRequest[] {
  const step = (
    id: string,
    members: CallMembers,
    binding: string,
    options: CallerOptions,
    after = asSigned,
  ): MalformedRequest => {
    const request = after(createInProcessClient(specs, options).sign(id, members, binding));
    return [id, members, binding, () => request];
  };
  const over = (id: string, members: CallMembers, binding: string) => ({
    edits: (...edits: Change[]) => edits.map((editBeforeSigning) => step(id, members, binding, { editBeforeSigning })),
    shifts: (...shifts: number[]) => shifts.map((clockShiftSeconds) => step(id, members, binding, { clockShiftSeconds })),
    after: (...changes: Change[]) => changes.map((change) => step(id, members, binding, {}, change)),
  });
  return [...tc3(over), ...v1(over), ...im(over), ...aws(over)];
}

type RequestFactory = (
  id: string,
  members: CallMembers,
  binding: string,
) => {
  edits: (...edits: Change[]) => MalformedRequest[];
  shifts: (...shifts: number[]) => MalformedRequest[];
  after: (...changes: Change[]) => MalformedRequest[];
};

const list = "tencent/iai/GetGroupList";

function tc3(over: RequestFactory): MalformedRequest[] {
  const post = over(list, { Limit: 1 }, "tc3-post");
  const get = over(list, {}, "tc3-get");
  const scope = (from: string | RegExp, to: string) => inHeader("Authorization", (had) => had.replace(from, to));
  return [
    ...post.edits(
      ...bodies,
      header("X-TC-Action", undefined),
      header("X-TC-Action", "AssayNothing"),
      header("X-TC-Version", undefined),
      header("X-TC-Version", "yesterday"),
      header("X-TC-Version", "2000-01-01"),
      header("X-TC-Timestamp", undefined),
      header("X-TC-Timestamp", "abc"),
      header("X-TC-Timestamp", "1.5"),
      header("X-TC-Region", "nowhere"),
      header("X-TC-Language", "xx-XX"),
      header("X-TC-Token", "assay"),
      header("Content-Type", "text/plain"),
      method("PUT"),
      body('{"Limit":1,"Limit":1}'),
      (r) => ({ ...r, body: Buffer.alloc(10_485_761, " ") }),
    ),
    ...over("tencent/iai/DeleteGroup", { GroupId: "g" }, "tc3-post").edits(body("")),
    ...post.shifts(299, 301, -299, -301),
    ...post.after(
      body((had) => `${had} `),
      header("Authorization", undefined),
      header("Authorization", "TC3-HMAC-SHA256 nonsense"),
      header("Authorization", "Basic YXNzYXk6YXNzYXk="),
      scope(/AKID\w+/, "AKIDnobody"),
      scope(/\d{4}-\d\d-\d\d/, "2020-01-01"),
      scope("/iai/", "/assay/"),
      scope("tc3_request", "assay_request"),
      scope("content-type;host", "content-type"),
      scope("content-type;host", "host"),
    ),
    ...get.after(path(() => "/?Limit=1")),
    ...get.edits(path(() => `/?${"&".repeat(32_769)}`)),
  ];
}

function v1(over: RequestFactory): MalformedRequest[] {
  const get = over(list, {}, "v1-get-sha1");
  const form = over(list, {}, "v1-post-sha256");
  const edited = (name: string, value: string | undefined) => path(pair(name, value));
  return [
    ...get.edits(
      edited("Nonce", undefined),
      edited("Nonce", "abc"),
      edited("Nonce", "0"),
      edited("SecretId", undefined),
      edited("SecretId", "AKIDnobody"),
      path((had) => `${had}&Token=assay`),
    ),
    ...get.shifts(299, 301, -299, -301),
    ...get.after(edited("Signature", undefined), edited("Signature", "AAAA"), edited("SignatureMethod", "HmacSHA256")),
    ...form.after(body(pair("Nonce", "8"))),
    ...form.edits(body((had) => had + "&".repeat(1_048_577))),
  ];
}

function im(over: RequestFactory): MalformedRequest[] {
  const role = over("tencent/im/get_role_in_group", { GroupId: "g", User_Account: ["a"] }, "tim-post");
  const edited = (name: string, value: string | undefined) => path(pair(name, value));
  return [
    ...role.edits(
      ...bodies,
      edited("sdkappid", undefined),
      edited("identifier", undefined),
      edited("random", undefined),
      edited("random", "4294967296"),
      edited("contenttype", undefined),
      method("PUT"),
      method("GET"),
      path((had) => had.replace("get_role_in_group", "assay_nothing")),
    ),
    ...role.shifts(-26 * 3600),
    ...role.after(
      edited("usersig", undefined),
      edited("usersig", ""),
      edited("usersig", "assay"),
      path((had) => had.replace(/(usersig=[^&]*)[^&]{8}/, "$1")),
      edited("identifier", "assaynobody"),
      edited("sdkappid", "1499999999"),
      edited("usersig", foreign),
    ),
  ];
}

/** Made like the emulator's own, with another key. */
const foreign = writeUserSig("another", {
  identifier: "administrator",
  sdkappid: 1_400_000_000,
  time: FIXED_NOW / 1000,
  expire: 86_400,
});

function aws(over: RequestFactory): MalformedRequest[] {
  const users = over("aws/rekognition/ListUsers", { CollectionId: "c" }, "awsjson11");
  const scope = (from: string | RegExp, to: string) => inHeader("Authorization", (had) => had.replace(from, to));
  return [
    ...users.edits(
      ...bodies,
      header("X-Amz-Target", undefined),
      header("X-Amz-Target", "RekognitionService.AssayNothing"),
      header("X-Amz-Date", undefined),
      header("X-Amz-Date", "yesterday"),
      header("X-Amz-Security-Token", "assay"),
    ),
    ...users.shifts(299, 899, 901, -299, -899, -901),
    ...users.after(
      body((had) => `${had} `),
      header("Authorization", undefined),
      header("Authorization", "AWS4-HMAC-SHA256 nonsense"),
      header("Authorization", "Basic YXNzYXk6YXNzYXk="),
      scope(/AKID\w+/, "AKIDnobody"),
      scope(/\d{8}/, "20200101"),
      scope("us-east-1", "nowhere-1"),
      scope("/rekognition/", "/assay/"),
      scope("aws4_request", "assay_request"),
      scope("content-type;host;", "content-type;"),
      scope(/Signature=\w{8}/, "Signature=00000000"),
    ),
  ];
}
