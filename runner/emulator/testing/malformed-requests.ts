/** Requests that the gateway refuses before an action runs, one of each kind, for the emulator's own tests. */
import type { CallMembers, HttpRequest } from "../../model/index.ts";
import { writeUserSig } from "../../protocols/tencent-im/usersig.ts";
import type { Specs } from "../../spec/load.ts";
import { type CallerOptions, createInProcessClient, FIXED_NOW } from "./in-process-client.ts";

type Change = (request: HttpRequest) => HttpRequest;
export type MalformedRequest = [id: string, members: CallMembers, binding: string, tamper: Change];

/** Sets a header; undefined removes it. */
const setHeader =
  (name: string, value: string | undefined): Change =>
  (r) => ({
    ...r,
    headers: [
      ...r.headers.filter(([n]) => n.toLowerCase() !== name.toLowerCase()),
      ...(value === undefined ? [] : [[name, value] as const]),
    ],
  });
const editHeader =
  (name: string, change: (value: string) => string): Change =>
  (r) =>
    setHeader(name, change(r.headers.find(([n]) => n === name)?.[1] ?? ""))(r);
const setBody =
  (body: string | ((text: string) => string)): Change =>
  (r) => ({ ...r, body: typeof body === "string" ? body : body(String(r.body)) });
const setMethod =
  (name: string): Change =>
  (r) => ({ ...r, method: name });
const editPath =
  (change: (path: string) => string): Change =>
  (r) => ({ ...r, path: change(r.path) });
/** Sets a name-value pair of a query or form; undefined removes it. */
const setPair = (name: string, value: string | undefined) => (text: string) =>
  text.replace(new RegExp(`(^|[?&])${name}=[^&]*`), value === undefined ? "$1" : `$1${name}=${value}`);
const unchanged: Change = (r) => r;

const bodies: readonly Change[] = [
  setBody(""),
  setBody("null"),
  setBody("7"),
  setBody('"assay"'),
  setBody((text) => `{${text}`),
  setBody((text) => `${text}x`),
  setBody((text) => `[${text}]`),
  setBody("[[[]]]"),
];

/** One request for each defect. The signature is wrong only in those that are edited after signing or have another clock. */
export function malformedRequests(specs: Pick<Specs, "services" | "actions">): MalformedRequest[] {
  const create = (
    id: string,
    members: CallMembers,
    binding: string,
    options: CallerOptions,
    editSigned = unchanged,
  ): MalformedRequest => {
    const request = editSigned(createInProcessClient(specs, options).sign(id, members, binding));
    return [id, members, binding, () => request];
  };
  const requestsFor: RequestFactory = (id, members, binding) => ({
    editedBeforeSigning: (...edits) =>
      edits.map((editBeforeSigning) => create(id, members, binding, { editBeforeSigning })),
    clockShifted: (...seconds) =>
      seconds.map((clockShiftSeconds) => create(id, members, binding, { clockShiftSeconds })),
    editedAfterSigning: (...edits) => edits.map((edit) => create(id, members, binding, {}, edit)),
  });
  return [...tc3(requestsFor), ...v1(requestsFor), ...im(requestsFor), ...aws(requestsFor)];
}

type RequestFactory = (
  id: string,
  members: CallMembers,
  binding: string,
) => {
  editedBeforeSigning: (...edits: Change[]) => MalformedRequest[];
  /** Seconds by which the clock that signs is ahead. */
  clockShifted: (...seconds: number[]) => MalformedRequest[];
  editedAfterSigning: (...edits: Change[]) => MalformedRequest[];
};

const list = "tencent/iai/GetGroupList";

function tc3(requestsFor: RequestFactory): MalformedRequest[] {
  const post = requestsFor(list, { Limit: 1 }, "tc3-post");
  const get = requestsFor(list, {}, "tc3-get");
  const replaceInAuthorization = (from: string | RegExp, to: string) =>
    editHeader("Authorization", (text) => text.replace(from, to));
  return [
    ...post.editedBeforeSigning(
      ...bodies,
      setHeader("X-TC-Action", undefined),
      setHeader("X-TC-Action", "AssayNothing"),
      setHeader("X-TC-Version", undefined),
      setHeader("X-TC-Version", "yesterday"),
      setHeader("X-TC-Version", "2000-01-01"),
      setHeader("X-TC-Version", "2018-03-01-assay"),
      setHeader("X-TC-Version", "2021-03-31"),
      setHeader("X-TC-Timestamp", undefined),
      setHeader("X-TC-Timestamp", "abc"),
      setHeader("X-TC-Timestamp", "1.5"),
      setHeader("X-TC-Region", "nowhere"),
      setHeader("X-TC-Language", "xx-XX"),
      setHeader("X-TC-Token", "assay"),
      setHeader("Content-Type", "text/plain"),
      setMethod("PUT"),
      setBody('{"Limit":1,"Limit":1}'),
      (r) => ({ ...r, body: Buffer.alloc(10_485_761, " ") }),
    ),
    ...requestsFor("tencent/iai/DeleteGroup", { GroupId: "g" }, "tc3-post").editedBeforeSigning(setBody("")),
    ...post.clockShifted(299, 301, -299, -301),
    ...post.editedAfterSigning(
      setBody((text) => `${text} `),
      setHeader("Authorization", undefined),
      setHeader("Authorization", "TC3-HMAC-SHA256 nonsense"),
      setHeader("Authorization", "Basic YXNzYXk6YXNzYXk="),
      replaceInAuthorization(/AKID\w+/, "AKIDnobody"),
      replaceInAuthorization(/\d{4}-\d\d-\d\d/, "2020-01-01"),
      replaceInAuthorization("/iai/", "/assay/"),
      replaceInAuthorization("tc3_request", "assay_request"),
      replaceInAuthorization("content-type;host", "content-type"),
      replaceInAuthorization("content-type;host", "host"),
    ),
    ...get.editedAfterSigning(editPath(() => "/?Limit=1")),
    ...get.editedBeforeSigning(editPath(() => `/?${"&".repeat(32_769)}`)),
  ];
}

function v1(requestsFor: RequestFactory): MalformedRequest[] {
  const get = requestsFor(list, {}, "v1-get-sha1");
  const form = requestsFor(list, {}, "v1-post-sha256");
  const setInPath = (name: string, value: string | undefined) => editPath(setPair(name, value));
  return [
    ...get.editedBeforeSigning(
      setInPath("Nonce", undefined),
      setInPath("Nonce", "abc"),
      setInPath("Nonce", "0"),
      setInPath("SecretId", undefined),
      setInPath("SecretId", "AKIDnobody"),
      editPath((text) => `${text}&Token=assay`),
    ),
    ...get.clockShifted(299, 301, -299, -301),
    ...get.editedAfterSigning(
      setInPath("Signature", undefined),
      setInPath("Signature", "AAAA"),
      setInPath("SignatureMethod", "HmacSHA256"),
    ),
    ...form.editedAfterSigning(setBody(setPair("Nonce", "8"))),
    ...form.editedBeforeSigning(setBody((text) => `${text}&Padding=${"x".repeat(1_048_577)}`)),
  ];
}

function im(requestsFor: RequestFactory): MalformedRequest[] {
  const role = requestsFor("tencent/im/get_role_in_group", { GroupId: "g", User_Account: ["a"] }, "tim-post");
  const setInPath = (name: string, value: string | undefined) => editPath(setPair(name, value));
  return [
    ...role.editedBeforeSigning(
      ...bodies,
      setInPath("sdkappid", undefined),
      setInPath("identifier", undefined),
      setInPath("random", undefined),
      setInPath("random", "4294967296"),
      setInPath("contenttype", undefined),
      setMethod("PUT"),
      setMethod("GET"),
      editPath((text) => text.replace("get_role_in_group", "assay_nothing")),
      editPath((text) => text.replace("/v4/", "/v0/")),
    ),
    ...role.clockShifted(-26 * 3600),
    ...role.editedAfterSigning(
      setInPath("usersig", undefined),
      setInPath("usersig", ""),
      setInPath("usersig", "assay"),
      editPath((text) => text.replace(/(usersig=[^&]*)[^&]{8}/, "$1")),
      setInPath("identifier", "assaynobody"),
      setInPath("sdkappid", "1499999999"),
      setInPath("usersig", userSigOfOtherKey),
    ),
  ];
}

/** Correct except for the key, which is not the emulator's. */
const userSigOfOtherKey = writeUserSig("another", {
  identifier: "administrator",
  sdkappid: 1_400_000_000,
  time: FIXED_NOW / 1000,
  expire: 86_400,
});

function aws(requestsFor: RequestFactory): MalformedRequest[] {
  const users = requestsFor("aws/rekognition/ListUsers", { CollectionId: "c" }, "awsjson11");
  const replaceInAuthorization = (from: string | RegExp, to: string) =>
    editHeader("Authorization", (text) => text.replace(from, to));
  return [
    ...users.editedBeforeSigning(
      ...bodies,
      setHeader("X-Amz-Target", undefined),
      setHeader("X-Amz-Target", "RekognitionService.AssayNothing"),
      setHeader("X-Amz-Target", "AssayNothing.ListUsers"),
      setHeader("X-Amz-Date", undefined),
      setHeader("X-Amz-Date", "yesterday"),
      setHeader("X-Amz-Security-Token", "assay"),
    ),
    ...users.clockShifted(299, 899, 901, -299, -899, -901),
    ...users.editedAfterSigning(
      setBody((text) => `${text} `),
      setHeader("Authorization", undefined),
      setHeader("Authorization", "AWS4-HMAC-SHA256 nonsense"),
      setHeader("Authorization", "Basic YXNzYXk6YXNzYXk="),
      replaceInAuthorization(/AKID\w+/, "AKIDnobody"),
      replaceInAuthorization(/\d{8}/, "20200101"),
      replaceInAuthorization("us-east-1", "nowhere-1"),
      replaceInAuthorization("/rekognition/", "/assay/"),
      replaceInAuthorization("aws4_request", "assay_request"),
      replaceInAuthorization("content-type;host;", "content-type;"),
      replaceInAuthorization(/Signature=\w{8}/, "Signature=00000000"),
    ),
  ];
}
