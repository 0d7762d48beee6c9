/** Hostile content: well-formed JSON with undocumented or oversized values, or with text that could harm a terminal or browser. */
import {
  allActivations,
  type EnvelopeKind,
  expectAnyVerdict,
  expectExcusedCode,
  expectFailed,
  expectOtherCode,
  expectOtherOutput,
  expectPassed,
  expectPassedOrIndeterminate,
  type HostileBehaviour,
  type OriginalResponse,
} from "./behaviour.ts";
import { appendMembers, BELOW_MAX_BODY_BYTES, replaceBody, replaceHeaders, responseBytes } from "./raw-response.ts";

/** Changes the JSON text of the response. */
const changeText = (
  id: string,
  expected: HostileBehaviour["expected"],
  change: (body: string, response: OriginalResponse) => string,
): HostileBehaviour => ({
  id: `content/${id}`,
  expected,
  deliver: ({ socket, response }) =>
    void socket.write(replaceBody(response, change(response.body.toString() || "{}", response))),
});

/** The member with the code of a refusal. */
const codeNames: Readonly<Record<EnvelopeKind, string>> = { cloud: "Code", im: "ErrorCode", aws: "__type" };

/** A refusal in the envelope of the call; `code` is JSON text. */
function refusalText(envelope: EnvelopeKind, code: string, message = ""): string {
  const text = JSON.stringify(message);
  if (envelope === "cloud")
    return `{"Response":{"Error":{"Code":${code},"Message":${text}},"RequestId":"${crypto.randomUUID()}"}}`;
  if (envelope === "im") return `{"ActionStatus":"FAIL","ErrorCode":${code},"ErrorInfo":${text}}`;
  return `{"__type":${code},"Message":${text}}`;
}

/** Refuses every call with a code; `code` returns JSON text. */
const refuseAll = (
  id: string,
  expected: HostileBehaviour["expected"],
  code: (envelope: EnvelopeKind) => string,
  message = "",
): HostileBehaviour => ({
  id: `content/${id}`,
  expected,
  deliver: ({ socket, response }) => {
    const { envelope, status } = response;
    const refusedStatus = envelope === "aws" && status < 400 ? 400 : status;
    socket.write(responseBytes(refusedStatus, response.headers, refusalText(envelope, code(envelope), message)));
  },
});

/** Changes the code of each refusal; accepted calls are unchanged. */
const recodeRefusals = (id: string, code: string, message = ""): HostileBehaviour => ({
  ...refuseAll(id, expectOtherCode, () => code, message),
  deliver: (delivery) => {
    const { response, socket } = delivery;
    if (response.refused) return refuseAll(id, expectOtherCode, () => code, message).deliver(delivery);
    socket.write(responseBytes(response.status, response.headers, response.body));
  },
});

/** Inserts members, as JSON text, at the start of every object. */
const insertInEveryObject = (body: string, members: string): string =>
  body.replace(/\{(\s*\})?/g, (_, emptyObject) => (emptyObject ? `{${members}}` : `{${members},`));

/** Text that could harm a terminal, a browser, an XML parser or a reader (bidirectional controls). */
const harm = `\u0000\u0007\u001b[2J\u001b]0;owned\u0007\u009b31m\r\n<script>alert(1)</script>]]>"><img src=x onerror=alert(1)>--><!DOCTYPE x [<!ENTITY y "z">]>&y;\u2028\u202egnp.exe\u2066\ufeff\ufffe\uffff\ud800|\u0060\u0060\u0060$\u007bx}%0d%0a`;

/** Inserts the harmful text into all texts whose wording is not checked. */
const withHarm = (body: string): string =>
  body.replace(
    /"(RequestId|Message|ErrorInfo|CollectionARN|FaceModelVersion)":"/g,
    (match) => match + JSON.stringify(harm).slice(1, -1),
  );

/** A success in the envelope of the call, for calls that the emulator refused. */
const success: Readonly<Record<EnvelopeKind, () => string>> = {
  cloud: () => `{"Response":{"RequestId":"${crypto.randomUUID()}"}}`,
  im: () => '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
  aws: () => "{}",
};

/** A valid entry for each list, by the name of the list. */
const entries: Readonly<Record<string, unknown>> = {
  GroupInfos: { GroupName: "n", GroupId: "g", GroupExDescriptions: [], Tag: "" },
  Users: { UserId: "u" },
};

/** Maps every member, at any depth, by its name and value. */
const mapMembers = (body: string, change: (name: string, value: unknown) => unknown): string =>
  JSON.stringify(JSON.parse(body), (name, value: unknown) => change(name, value));

/** Replaces the entries of each list by `count` copies of `entry`. */
const replaceEntries = (body: string, count: number, entry: unknown): string =>
  mapMembers(body, (name, value) => (name in entries ? Array<unknown>(count).fill(entry) : value));

/** Appends `count` valid entries to each list. */
const appendEntries = (body: string, count: number): string =>
  mapMembers(body, (name, value) =>
    name in entries ? [...(value as unknown[]), ...Array<unknown>(count).fill(entries[name])] : value,
  );

const numberNames = new Set(["GroupNum", "TotalCounts", "FaceCount", "ErrorCode"]);

/** Replaces numbers; `number` is JSON text, since some numbers are not representable in JavaScript. */
const replaceNumbers = (body: string, number: string, names = numberNames): string =>
  mapMembers(body, (name, value) => (names.has(name) ? "@number" : value)).replaceAll('"@number"', number);

const sizeNames = new Set(["GroupNum", "TotalCounts", "FaceCount"]);

const wholeBody = (id: string, body: string, expected: HostileBehaviour["expected"] = expectFailed): HostileBehaviour =>
  changeText(`whole-${id}`, expected, () => body);
/** AWS allows undeclared members, so such an object is a valid success of AWS. */
const failsExceptAws: HostileBehaviour["expected"] = {
  cloud: expectFailed,
  im: expectFailed,
  aws: { accepted: ["passed"], refused: ["failed"] },
};
const MEGABYTE = 1 << 20;
const changesSome = (behaviour: HostileBehaviour): HostileBehaviour => ({ ...behaviour, changesSomeResponses: true });
/** Of the selected cases only responses of Tencent Cloud contain a list, in which an existing group is looked up after a refusal. */
const expectOtherList: HostileBehaviour["expected"] = {
  cloud: { accepted: ["failed"], refused: ["passed", "failed"] },
  im: expectPassed,
  aws: expectPassed,
};
/** In the IM envelope the code is a number in successes and refusals. */
const expectOtherNumber: HostileBehaviour["expected"] = {
  cloud: expectOtherOutput,
  im: expectFailed,
  aws: expectOtherOutput,
};

/** Only created groups have an id in their response; the lists are empty at first. An existing group is looked up after a refusal. */
const expectOtherId: HostileBehaviour["expected"] = { accepted: ["passed", "failed"], refused: ["passed", "failed"] };

export const contents: readonly HostileBehaviour[] = [
  { ...refuseAll("code-of-1-mb", expectFailed, () => `"${"x".repeat(MEGABYTE)}"`), activations: allActivations },
  refuseAll("code-an-object", expectFailed, () => '{"Code":"InvalidParameter"}'),
  refuseAll("code-a-list", expectFailed, () => '["InvalidParameter"]'),
  refuseAll("code-a-number", expectFailed, () => "4711.5"),
  refuseAll("code-null", expectFailed, () => "null"),
  refuseAll("code-true", expectFailed, () => "true"),
  refuseAll("code-empty", expectFailed, () => '""'),
  refuseAll("code-1e400", expectFailed, () => "1e400"),
  refuseAll("code-2-to-the-63", expectFailed, () => "9223372036854775808"),
  refuseAll("code-of-blanks", expectFailed, () => '"   "'),
  refuseAll("code-success", expectFailed, () => '"success"'),
  ...["__proto__", "constructor", "toString", "hasOwnProperty"].map((name) =>
    refuseAll(`code-${name}`, expectFailed, () => JSON.stringify(name)),
  ),
  { ...recodeRefusals("code-with-harm", JSON.stringify(harm), harm), activations: allActivations },
  recodeRefusals("code-half-a-surrogate", '"\\ud800"'),
  // The documented code with a trailing blank.
  {
    id: "content/code-with-a-blank",
    expected: expectOtherCode,
    deliver: ({ socket, response }) => {
      const body = response.body.toString();
      const name = codeNames[response.envelope];
      const changed = response.refused ? body.replace(new RegExp(`"${name}":"?([^",}]*)"?`), `"${name}":"$1 "`) : body;
      socket.write(replaceBody(response, changed));
    },
  },
  {
    id: "content/two-codes",
    expected: expectOtherCode,
    activations: allActivations,
    deliver: ({ socket, response }) => {
      const name = codeNames[response.envelope];
      const twice = (match: string) => `"${name}":${response.envelope === "im" ? 10002 : '"InternalError"'},${match}`;
      const body = response.body.toString();
      socket.write(replaceBody(response, response.refused ? body.replace(new RegExp(`"${name}":`), twice) : body));
    },
  },
  changeText("two-request-ids", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body.replace('"RequestId":', '"RequestId":"r","RequestId":'),
  ),
  changeText("member-twice", expectFailed, (body) => appendMembers(body, '"x":1,"x":2')),
  changeText("members-named-as-objects", expectPassed, (body) =>
    insertInEveryObject(
      body,
      '"__proto__":{"polluted":true,"Error":{"Code":"x"}},"constructor":{"prototype":{"polluted":true}},"toString":null,"hasOwnProperty":1,"length":-1,"then":"x","toJSON":{}',
    ),
  ),
  changeText(
    "under-__proto__",
    { cloud: expectFailed, im: expectFailed, aws: { accepted: ["passed", "failed"], refused: ["failed"] } },
    (body) => {
      const inner = body.replace(/^\{"Response":/, "").replace(/\}$/, "");
      return body.startsWith('{"Response":') ? `{"Response":{"__proto__":${inner}}}` : `{"__proto__":${body}}`;
    },
  ),
  changeText("error-of-names", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body
      .replace(
        /^\{"Response":\{/,
        '{"Response":{"Error":{"toString":"x","valueOf":null,"__proto__":{"Code":"InvalidParameter"}},',
      )
      .replace(/,"Error":\{[^}]*\}/, ""),
  ),
  ...(["null", "true", "0", '""', "[]", '"Response"', "[{}]"] as const).map((json) =>
    wholeBody(json.replaceAll('"', ""), json),
  ),
  wholeBody("response-a-list", '{"Response":[]}', failsExceptAws),
  wholeBody("response-a-text", '{"Response":"OK","ErrorCode":"OK"}', failsExceptAws),
  wholeBody("response-null", '{"Response":null,"ErrorCode":null}', failsExceptAws),
  changeText("request-id-of-10-mb", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body.replace('"RequestId":"', () => `"RequestId":"${"x".repeat(10 * MEGABYTE)}`),
  ),
  changeText("request-id-large", expectPassed, (body) =>
    body.replace('"RequestId":"', () => `"RequestId":"${"x".repeat(BELOW_MAX_BODY_BYTES)}`),
  ),
  // Postconditions look up the id that the server returned, which does not exist.
  changesSome(
    changeText("id-of-1-mb", expectOtherId, (body) =>
      mapMembers(body, (name, value) => (name === "GroupId" ? "g".repeat(MEGABYTE) : value)),
    ),
  ),
  changesSome(
    changeText("id-with-harm", expectOtherId, (body) =>
      mapMembers(body, (name, value) => (name === "GroupId" ? `../${harm}` : value)),
    ),
  ),
  changesSome(
    changeText("id-an-object", expectOtherId, (body) =>
      mapMembers(body, (name, value) => (name === "GroupId" ? { $ne: null } : value)),
    ),
  ),
  changeText("message-large", expectPassed, (body) =>
    body.replace(/"(Message|ErrorInfo)":"/, (match) => match + "x".repeat(BELOW_MAX_BODY_BYTES)),
  ),
  changeText("name-of-1-mb", expectPassed, (body) => appendMembers(body, `"${"n".repeat(MEGABYTE)}":0`)),
  changesSome(changeText("20000-entries", expectOtherList, (body) => appendEntries(body, 20_000))),
  changesSome(changeText("100000-entries", expectOtherList, (body) => appendEntries(body, 100_000))),
  changesSome(changeText("10000-broken-entries", expectOtherList, (body) => replaceEntries(body, 10_000, {}))),
  changesSome(
    changeText("broken-entries-large", expectOtherList, (body) => replaceEntries(body, BELOW_MAX_BODY_BYTES / 3, {})),
  ),
  changesSome(changeText("entries-of-another-type", expectOtherList, (body) => replaceEntries(body, 3, [null]))),
  changesSome(
    changeText("pages-without-end", expectPassedOrIndeterminate, (body) =>
      replaceNumbers(appendEntries(replaceEntries(body, 0, null), 100), "1000000000000", sizeNames).replace(
        '"Users":',
        () => `"NextToken":"${crypto.randomUUID()}","Users":`,
      ),
    ),
  ),
  changesSome(changeText("number-1e400", expectOtherNumber, (body) => replaceNumbers(body, "1e400"))),
  changesSome(changeText("number-half", expectOtherNumber, (body) => replaceNumbers(body, "0.5"))),
  changesSome(changeText("number-in-quotes", expectOtherNumber, (body) => replaceNumbers(body, '"0"'))),
  changeText("number-minus-0", expectPassed, (body) => replaceNumbers(body, "-0", sizeNames)),
  changesSome(
    changeText("number-2-to-the-63", expectAnyVerdict, (body) =>
      replaceNumbers(body, "9223372036854775808", sizeNames),
    ),
  ),
  { ...changeText("harm-in-every-text", expectPassed, withHarm), activations: allActivations },
  {
    id: "content/harm-in-headers",
    expected: expectPassed,
    deliver: ({ socket, response }) => {
      const printable = [...Buffer.from(harm)].filter((b) => b >= 0x20 && b !== 0x7f);
      const value = Buffer.from(printable).toString("latin1");
      socket.write(
        responseBytes(
          response.status,
          replaceHeaders(response, [
            ["x-harm", value],
            ["x-amzn-requestid", `${crypto.randomUUID()} ${value}`],
          ]),
          response.body,
        ),
      );
    },
  },
  {
    id: "content/success-for-all",
    expected: expectOtherCode,
    activations: allActivations,
    deliver: ({ socket, response }) => {
      const { envelope, refused, body, headers } = response;
      socket.write(responseBytes(200, headers, refused ? success[envelope]() : body));
    },
  },
  {
    ...refuseAll(
      "fault-for-all",
      expectFailed,
      (envelope) => ({ cloud: '"InternalError"', im: "10002", aws: '"InternalFailure"' })[envelope],
    ),
    activations: allActivations,
  },
  {
    ...refuseAll(
      "busy-for-all",
      expectExcusedCode,
      (envelope) => ({ cloud: '"RequestLimitExceeded"', im: "60007", aws: '"ThrottlingException"' })[envelope],
    ),
    activations: allActivations,
  },
  refuseAll(
    "denied-for-all",
    expectExcusedCode,
    (envelope) =>
      ({ cloud: '"AuthFailure.SignatureFailure"', im: "70009", aws: '"InvalidSignatureException"' })[envelope],
  ),
  refuseAll(
    "account-for-all",
    expectExcusedCode,
    (envelope) => ({ cloud: '"ResourceInsufficient"', im: "60020", aws: '"OptInRequired"' })[envelope],
  ),
];
