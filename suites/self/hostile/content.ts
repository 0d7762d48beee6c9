/** Hostile content: well-formed JSON that means something else, more than it should, or harm to whoever shows it. */
import {
  type EnvelopeKind,
  everywhere,
  expectAnyOf,
  expectAuth,
  expectFailed,
  expectIndeterminate,
  expectPassed,
  type HostileBehaviour,
  type HostileResponse,
  otherCode,
  otherOutput,
} from "./behaviour.ts";
import { almostTooLarge, message, replaceBody, withBody, wrapBody } from "./raw-response.ts";

/** The answer's JSON as text, changed. */
const text = (
  id: string,
  comes: HostileBehaviour["comes"],
  change: (text: string, answer: HostileResponse) => string,
): HostileBehaviour => ({
  id: `content/${id}`,
  comes,
  tell: ({ socket, answer }) => void socket.write(withBody(answer, change(answer.body.toString() || "{}", answer))),
});

/** Where the code of a refusal stands, and its status. */
const codeNames: Readonly<Record<EnvelopeKind, string>> = { cloud: "Code", im: "ErrorCode", aws: "__type" };

/** A refusal in the voice of the call; `code` is JSON text. */
function refusalText(voice: EnvelopeKind, code: string, words = ""): string {
  const told = JSON.stringify(words);
  if (voice === "cloud")
    return `{"Response":{"Error":{"Code":${code},"Message":${told}},"RequestId":"${crypto.randomUUID()}"}}`;
  if (voice === "im") return `{"ActionStatus":"FAIL","ErrorCode":${code},"ErrorInfo":${told}}`;
  return `{"__type":${code},"Message":${told}}`;
}

/** Everything refused with this code; `code` is JSON text. */
const refusing = (
  id: string,
  comes: HostileBehaviour["comes"],
  code: (voice: EnvelopeKind) => string,
  words = "",
): HostileBehaviour => ({
  id: `content/${id}`,
  comes,
  tell: ({ socket, answer }) => {
    const { voice, status } = answer;
    const refused = voice === "aws" && status < 400 ? 400 : status;
    socket.write(message(refused, answer.headers, refusalText(voice, code(voice), words)));
  },
});

/** Each refusal with another code; what was accepted stays. */
const recoded = (id: string, code: string, words = ""): HostileBehaviour => ({
  ...refusing(id, otherCode, () => code, words),
  tell: (telling) => {
    const { answer, socket } = telling;
    if (answer.refused) return refusing(id, otherCode, () => code, words).tell(telling);
    socket.write(message(answer.status, answer.headers, answer.body));
  },
});

/** Members put before those of every object; text of JSON. */
const inEvery = (body: string, members: string): string =>
  body.replace(/\{(\s*\})?/g, (_, end) => (end ? `{${members}}` : `{${members},`));

/** What harms a terminal, a browser, a parser of XML or a reader. */
const harm = `\u0000\u0007\u001b[2J\u001b]0;owned\u0007\u009b31m\r\n<script>alert(1)</script>]]>"><img src=x onerror=alert(1)>--><!DOCTYPE x [<!ENTITY y "z">]>&y;\u2028\u202egnp.exe\u2066\ufeff\ufffe\uffff\ud800|\u0060\u0060\u0060$\u007bx}%0d%0a`;

/** In all texts that nobody judges by their words. */
const harmed = (body: string): string =>
  body.replace(
    /"(RequestId|Message|ErrorInfo|CollectionARN|FaceModelVersion)":"/g,
    (found) => found + JSON.stringify(harm).slice(1, -1),
  );

/** A success in the voice of the call, for those that were refused. */
const success: Readonly<Record<EnvelopeKind, () => string>> = {
  cloud: () => `{"Response":{"RequestId":"${crypto.randomUUID()}"}}`,
  im: () => '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
  aws: () => "{}",
};

/** A good entry of each list. */
const entries: Readonly<Record<string, unknown>> = {
  GroupInfos: { GroupName: "n", GroupId: "g", GroupExDescriptions: [], Tag: "" },
  Users: { UserId: "u" },
};

/** Members of these names, wherever they stand, with other values. */
const replaced = (body: string, change: (name: string, value: unknown) => unknown): string =>
  JSON.stringify(JSON.parse(body), (name, value: unknown) => change(name, value));

/** So many entries in place of those of each list. */
const listed = (body: string, count: number, entry: unknown): string =>
  replaced(body, (name, value) => (name in entries ? Array<unknown>(count).fill(entry) : value));

/** So many good ones behind those of each list. */
const longer = (body: string, count: number): string =>
  replaced(body, (name, value) =>
    name in entries ? [...(value as unknown[]), ...Array<unknown>(count).fill(entries[name])] : value,
  );

const counts = new Set(["GroupNum", "TotalCounts", "FaceCount", "ErrorCode"]);

/** `number` is text of JSON, for there are some that no value of ours can be. */
const numbers = (body: string, number: string, names = counts): string =>
  replaced(body, (name, value) => (names.has(name) ? "@number" : value)).replaceAll('"@number"', number);

const sizes = new Set(["GroupNum", "TotalCounts", "FaceCount"]);

const whole = (id: string, body: string, comes: HostileBehaviour["comes"] = expectFailed): HostileBehaviour =>
  text(`whole-${id}`, comes, () => body);
/** An object of members that nobody knows is an answer of AWS. */
const notAws: HostileBehaviour["comes"] = {
  cloud: expectFailed,
  im: expectFailed,
  aws: { accepted: ["passed"], refused: ["failed"] },
};
const megabyte = 1 << 20;
const partly = (behaviour: HostileBehaviour): HostileBehaviour => ({ ...behaviour, partly: true });
/** Only Tencent Cloud's answers here hold a list. */
const otherList: HostileBehaviour["comes"] = { cloud: otherOutput, im: expectPassed, aws: expectPassed };
/** In IM's envelope the code is a number, with and without an error. */
const otherNumber: HostileBehaviour["comes"] = { cloud: otherOutput, im: expectFailed, aws: otherOutput };

/** Only a created group is told by an id; lists hold none at first. */
const ids: HostileBehaviour["comes"] = { accepted: ["passed", "failed"], refused: ["passed"] };

export const contents: readonly HostileBehaviour[] = [
  { ...refusing("code-of-1-mb", expectFailed, () => `"${"x".repeat(megabyte)}"`), whens: everywhere },
  refusing("code-an-object", expectFailed, () => '{"Code":"InvalidParameter"}'),
  refusing("code-a-list", expectFailed, () => '["InvalidParameter"]'),
  refusing("code-a-number", expectFailed, () => "4711.5"),
  refusing("code-null", expectFailed, () => "null"),
  refusing("code-true", expectFailed, () => "true"),
  refusing("code-empty", expectFailed, () => '""'),
  refusing("code-1e400", expectFailed, () => "1e400"),
  refusing("code-2-to-the-63", expectFailed, () => "9223372036854775808"),
  refusing("code-of-blanks", expectFailed, () => '"   "'),
  refusing("code-success", expectFailed, () => '"success"'),
  ...["__proto__", "constructor", "toString", "hasOwnProperty"].map((name) =>
    refusing(`code-${name}`, expectFailed, () => JSON.stringify(name)),
  ),
  { ...recoded("code-with-harm", JSON.stringify(harm), harm), whens: everywhere },
  recoded("code-half-a-surrogate", '"\\ud800"'),
  // The code is the documented one, with something around it that is no part of it.
  {
    id: "content/code-with-a-blank",
    comes: otherCode,
    tell: ({ socket, answer }) => {
      const body = answer.body.toString();
      const name = codeNames[answer.voice];
      const changed = answer.refused ? body.replace(new RegExp(`"${name}":"?([^",}]*)"?`), `"${name}":"$1 "`) : body;
      socket.write(withBody(answer, changed));
    },
  },
  {
    id: "content/two-codes",
    comes: otherCode,
    whens: everywhere,
    tell: ({ socket, answer }) => {
      const name = codeNames[answer.voice];
      const twice = (found: string) => `"${name}":${answer.voice === "im" ? 10002 : '"InternalError"'},${found}`;
      const body = answer.body.toString();
      socket.write(withBody(answer, answer.refused ? body.replace(new RegExp(`"${name}":`), twice) : body));
    },
  },
  text("two-request-ids", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body.replace('"RequestId":', '"RequestId":"r","RequestId":'),
  ),
  text("member-twice", expectFailed, (body) => wrapBody(body, '"x":1,"x":2')),
  text("members-named-as-objects", expectPassed, (body) =>
    inEvery(
      body,
      '"__proto__":{"polluted":true,"Error":{"Code":"x"}},"constructor":{"prototype":{"polluted":true}},"toString":null,"hasOwnProperty":1,"length":-1,"then":"x","toJSON":{}',
    ),
  ),
  text(
    "under-__proto__",
    { cloud: expectFailed, im: expectFailed, aws: { accepted: ["passed", "failed"], refused: ["failed"] } },
    (body) => {
      const inner = body.replace(/^\{"Response":/, "").replace(/\}$/, "");
      return body.startsWith('{"Response":') ? `{"Response":{"__proto__":${inner}}}` : `{"__proto__":${body}}`;
    },
  ),
  text("error-of-names", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body
      .replace(
        /^\{"Response":\{/,
        '{"Response":{"Error":{"toString":"x","valueOf":null,"__proto__":{"Code":"InvalidParameter"}},',
      )
      .replace(/,"Error":\{[^}]*\}/, ""),
  ),
  ...(["null", "true", "0", '""', "[]", '"Response"', "[{}]"] as const).map((json) =>
    whole(json.replaceAll('"', ""), json),
  ),
  whole("response-a-list", '{"Response":[]}', notAws),
  whole("response-a-text", '{"Response":"OK","ErrorCode":"OK"}', notAws),
  whole("response-null", '{"Response":null,"ErrorCode":null}', notAws),
  text("request-id-of-10-mb", { cloud: expectFailed, im: expectPassed, aws: expectPassed }, (body) =>
    body.replace('"RequestId":"', () => `"RequestId":"${"x".repeat(10 * megabyte)}`),
  ),
  text("request-id-large", expectPassed, (body) =>
    body.replace('"RequestId":"', () => `"RequestId":"${"x".repeat(almostTooLarge)}`),
  ),
  // What the server named is looked up by that name, and is not there.
  partly(
    text("id-of-1-mb", ids, (body) =>
      replaced(body, (name, value) => (name === "GroupId" ? "g".repeat(megabyte) : value)),
    ),
  ),
  partly(
    text("id-with-harm", ids, (body) => replaced(body, (name, value) => (name === "GroupId" ? `../${harm}` : value))),
  ),
  partly(
    text("id-an-object", ids, (body) => replaced(body, (name, value) => (name === "GroupId" ? { $ne: null } : value))),
  ),
  text("message-large", expectPassed, (body) =>
    body.replace(/"(Message|ErrorInfo)":"/, (found) => found + "x".repeat(almostTooLarge)),
  ),
  text("name-of-1-mb", expectPassed, (body) => wrapBody(body, `"${"n".repeat(megabyte)}":0`)),
  partly(text("20000-entries", expectPassed, (body) => longer(body, 20_000))),
  partly(text("100000-entries", otherList, (body) => longer(body, 100_000))),
  partly(text("10000-broken-entries", otherList, (body) => listed(body, 10_000, {}))),
  partly(text("broken-entries-large", otherList, (body) => listed(body, almostTooLarge / 3, {}))),
  partly(text("entries-of-another-type", otherList, (body) => listed(body, 3, [null]))),
  partly(
    text("pages-without-end", expectAnyOf, (body) =>
      numbers(longer(listed(body, 0, null), 100), "1000000000000", sizes).replace(
        '"Users":',
        () => `"NextToken":"${crypto.randomUUID()}","Users":`,
      ),
    ),
  ),
  partly(text("number-1e400", otherNumber, (body) => numbers(body, "1e400"))),
  partly(text("number-half", otherNumber, (body) => numbers(body, "0.5"))),
  partly(text("number-in-quotes", otherNumber, (body) => numbers(body, '"0"'))),
  text("number-minus-0", expectPassed, (body) => numbers(body, "-0", sizes)),
  text("number-2-to-the-63", expectPassed, (body) => numbers(body, "9223372036854775808", sizes)),
  { ...text("harm-in-every-text", expectPassed, harmed), whens: everywhere },
  {
    id: "content/harm-in-headers",
    comes: expectPassed,
    tell: ({ socket, answer }) => {
      const shown = [...Buffer.from(harm)].filter((b) => b >= 0x20 && b !== 0x7f);
      const value = Buffer.from(shown).toString("latin1");
      socket.write(
        message(
          answer.status,
          replaceBody(answer, [
            ["x-harm", value],
            ["x-amzn-requestid", `${crypto.randomUUID()} ${value}`],
          ]),
          answer.body,
        ),
      );
    },
  },
  {
    id: "content/success-for-all",
    comes: otherCode,
    whens: everywhere,
    tell: ({ socket, answer }) => {
      const { voice, refused, body, headers } = answer;
      socket.write(message(200, headers, refused ? success[voice]() : body));
    },
  },
  {
    ...refusing(
      "fault-for-all",
      expectFailed,
      (voice) => ({ cloud: '"InternalError"', im: "10002", aws: '"InternalFailure"' })[voice],
    ),
    whens: everywhere,
  },
  {
    ...refusing(
      "busy-for-all",
      expectIndeterminate,
      (voice) => ({ cloud: '"RequestLimitExceeded"', im: "60007", aws: '"ThrottlingException"' })[voice],
    ),
    whens: everywhere,
  },
  refusing(
    "denied-for-all",
    expectAuth,
    (voice) => ({ cloud: '"AuthFailure.SignatureFailure"', im: "70009", aws: '"InvalidSignatureException"' })[voice],
  ),
  refusing(
    "account-for-all",
    expectIndeterminate,
    (voice) => ({ cloud: '"ResourceInsufficient"', im: "60020", aws: '"OptInRequired"' })[voice],
  ),
];
