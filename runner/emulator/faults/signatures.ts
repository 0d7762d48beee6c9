/** Faults about signatures: what is believed that should not be, and what is not though it should. */
import type { HttpRequest } from "../../model/index.ts";
import { ageOf } from "../age.ts";
import type { Context } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import { believes, commonOf, denied, minds, over, passes, rowsOf, scopeOf, signs, textOf } from "./gateway-faults.ts";

const ofIai = rowsOf("tencent/iai", "signature");
const ofIm = rowsOf("tencent/im", "signature");
const ofAws = rowsOf("aws/rekognition", "signature");

const tc3 = over("tc3-");
const v1 = over("v1-");
const tooOld = (seconds: number) => (context: Context) => ageOf(context) === seconds;

/** Windows of time, of which the first may be sure and the last is allowed: the four ways to be a second off, and none at all. */
const windows = (
  row: ReturnType<typeof rowsOf>,
  name: string,
  cell: string,
  [sure, window]: readonly [number, number],
  code: string,
  mine: (context: Context) => boolean,
): Fault[] => [
  ...([1, -1] as const).flatMap((sign) => {
    const side = sign > 0 ? "old" : "ahead";
    const sided = (seconds: number) => (context: Context) => mine(context) && tooOld(sign * seconds)(context);
    return [
      row(
        `${name}-window-wide-${side}`,
        `Believes what is ${window + 1} seconds ${side}.`,
        cell,
        passes(denied("expired", sided(window + 1))),
      ),
      row(
        `${name}-window-narrow-${side}`,
        `Believes nothing that is more than ${sure - 2} seconds ${side}.`,
        cell,
        minds(code, (context) => mine(context) && sign * ageOf(context) > sure - 2),
      ),
    ];
  }),
  row(`${name}-never-expires`, "Believes a signature of any time.", cell, passes(denied("expired", mine))),
];

const date = (context: Context) => new Date(context.now - ageOf(context) * 1000).toISOString().slice(0, 10);

const tc3Scope = (wrong: number) => (context: Context) => {
  const right = [date(context), context.service?.scope, "tc3_request"];
  return scopeOf(context).every((part, i) => (i === wrong) === (part !== right[i]));
};

const awsScope = (wrong: number) => (context: Context) => {
  const right = [date(context).replaceAll("-", ""), "us-east-1", context.service?.scope, "aws4_request"];
  return scopeOf(context).every((part, i) => (i === wrong) === (part !== right[i]));
};

const trimmed = (context: Context) => believes(context, { ...context.request, body: textOf(context).trimEnd() });

/** Without the last pair of the query. */
const shorter = (context: Context) =>
  believes(context, { ...context.request, path: context.request.path.replace(/[?&][^&]*$/, "") });

const otherMethod = (context: Context) => {
  const swap = (text: string) =>
    text.replace(/SignatureMethod=\w+/, (had) =>
      had.endsWith("256") ? "SignatureMethod=HmacSHA1" : "SignatureMethod=HmacSHA256",
    );
  const { request } = context;
  const other: HttpRequest = { ...request, path: swap(request.path), body: swap(textOf(context)) };
  return believes(context, other);
};

const sent = (header: RegExp) => (context: Context) => header.test(commonOf(context, "Authorization"));
const usersig =
  (holds: (text: string | undefined) => boolean) =>
  ({ received }: Context) =>
    holds(received?.common.get("usersig"));

export const signatureFaults: readonly Fault[] = [
  ofIai("any-signature", "Believes any signature.", "protocol:tc3", passes(denied("signature"))),
  ofIai(
    "unknown-key-believed",
    "Believes the id of a key that is not there.",
    "protocol:tc3",
    passes(denied("unknown-id", tc3)),
  ),
  ...windows(ofIai, "tc3", "protocol:tc3", [300, 300], "AuthFailure.SignatureExpire", tc3),
  ofIai(
    "tc3-scope-date-ignored",
    "Takes no notice of the scope's date.",
    "protocol:tc3",
    passes(denied("scope", tc3Scope(0))),
  ),
  ofIai(
    "tc3-scope-service-ignored",
    "Takes no notice of the scope's service.",
    "protocol:tc3",
    passes(denied("scope", tc3Scope(1))),
  ),
  ofIai(
    "tc3-scope-end-ignored",
    "Takes no notice of the scope's last word.",
    "protocol:tc3",
    passes(denied("scope", tc3Scope(2))),
  ),
  ofIai(
    "tc3-host-unsigned",
    "Believes a signature that leaves the host out.",
    "protocol:tc3",
    passes(denied("malformed", (c) => tc3(c) && signs(c, "content-type") && !signs(c, "host"))),
  ),
  ofIai(
    "tc3-content-type-unsigned",
    "Believes a signature that leaves the content type out.",
    "protocol:tc3",
    passes(denied("malformed", (c) => tc3(c) && signs(c, "host") && !signs(c, "content-type"))),
  ),
  ofIai(
    "tc3-body-unsigned",
    "Takes no notice of what stands behind a signed body.",
    "protocol:tc3",
    passes(denied("signature", (c) => over("tc3-post")(c) && trimmed(c))),
  ),
  ofIai(
    "tc3-query-unsigned",
    "Takes no notice of what stands behind a signed query.",
    "protocol:tc3",
    passes(denied("signature", (c) => over("tc3-get")(c) && shorter(c))),
  ),
  ofIai("tc3-unsigned", "Needs no Authorization.", "protocol:tc3", passes(denied("absent", tc3))),
  ofIai(
    "tc3-nonsense-believed",
    "Believes an Authorization of which only the first word is right.",
    "protocol:tc3",
    passes(denied("malformed", sent(/^TC3-HMAC-SHA256 nonsense/))),
  ),
  ofIai(
    "tc3-scheme-believed",
    "Believes an Authorization of another scheme.",
    "protocol:tc3",
    passes(denied("malformed", sent(/^Basic /))),
  ),
  ofIai(
    "tc3-token-broken",
    "Fails inside on a token that its key does not need.",
    "protocol:tc3",
    minds("InternalError", (c) => commonOf(c, "X-TC-Token") !== ""),
  ),

  ofIai(
    "v1-form-unsigned",
    "Believes any signature of a form.",
    "protocol:tencent-v1",
    passes(denied("signature", over("v1-post"))),
  ),
  ofIai(
    "v1-query-unsigned",
    "Believes any signature of a query in version 1.",
    "protocol:tencent-v1",
    passes(denied("signature", over("v1-get"))),
  ),
  ofIai(
    "v1-unknown-key-believed",
    "Believes a SecretId that is not there.",
    "protocol:tencent-v1",
    passes(denied("unknown-id", v1)),
  ),
  ...windows(ofIai, "v1", "protocol:tencent-v1", [300, 300], "AuthFailure.SignatureExpire", v1),
  ofIai(
    "v1-method-ignored",
    "Tries one SignatureMethod after the other.",
    "protocol:tencent-v1",
    passes(denied("signature", (c) => v1(c) && otherMethod(c))),
  ),
  ofIai(
    "v1-token-broken",
    "Fails inside on a Token that its key does not need.",
    "protocol:tencent-v1",
    minds("InternalError", (c) => commonOf(c, "Token") !== ""),
  ),
  ofIai(
    "v1-unsigned",
    "Needs no Signature.",
    "protocol:tencent-v1",
    passes(
      (refused, c) =>
        v1(c) && commonOf(c, "Signature") === "" && (refused.at === "Signature" || denied("absent")(refused, c)),
    ),
  ),

  ofIm("im-any-signature", "Believes a UserSig of any key.", "protocol:tencent-im", passes(denied("signature"))),
  ofIm("im-expired-believed", "Believes a UserSig that has run out.", "protocol:tencent-im", passes(denied("expired"))),
  ofIm(
    "im-identifier-ignored",
    "Believes a UserSig that is another's.",
    "protocol:tencent-im",
    passes(denied("identifier")),
  ),
  ofIm("im-app-ignored", "Believes a UserSig of another application.", "protocol:tencent-im", passes(denied("app"))),
  ofIm(
    "im-cut-believed",
    "Believes the beginning of a UserSig.",
    "protocol:tencent-im",
    passes(
      denied(
        "malformed",
        usersig((t) => (t ?? "").length > 50),
      ),
    ),
  ),
  ofIm(
    "im-nonsense-believed",
    "Believes any word for a UserSig.",
    "protocol:tencent-im",
    passes(
      denied(
        "malformed",
        usersig((t) => (t ?? "").length < 50),
      ),
    ),
  ),
  ofIm(
    "im-empty-believed",
    "Believes an empty UserSig.",
    "protocol:tencent-im",
    passes(
      denied(
        "absent",
        usersig((t) => t === ""),
      ),
    ),
  ),
  ofIm(
    "im-unsigned",
    "Needs no UserSig.",
    "protocol:tencent-im",
    passes(
      denied(
        "absent",
        usersig((t) => t === undefined),
      ),
    ),
  ),

  ofAws(
    "aws-any-signature",
    "Believes any signature.",
    "protocol:aws-sigv4",
    passes(denied("signature", (c) => signs(c, "host"))),
  ),
  ofAws(
    "aws-unknown-key-believed",
    "Believes the id of a key that is not there.",
    "protocol:aws-sigv4",
    passes(denied("unknown-id", (c) => commonOf(c, "X-Amz-Security-Token") === "")),
  ),
  ofAws(
    "aws-token-believed",
    "Takes no notice of a token that is not the key's.",
    "protocol:aws-sigv4",
    passes(denied("unknown-id", (c) => commonOf(c, "X-Amz-Security-Token") !== "")),
  ),
  ...windows(ofAws, "aws", "protocol:aws-sigv4", [300, 900], "InvalidSignatureException", () => true),
  ofAws(
    "aws-scope-date-ignored",
    "Takes no notice of the scope's date.",
    "protocol:aws-sigv4",
    passes(denied("scope", awsScope(0))),
  ),
  ofAws(
    "aws-scope-region-ignored",
    "Takes no notice of the scope's region.",
    "protocol:aws-sigv4",
    passes(denied("scope", awsScope(1))),
  ),
  ofAws(
    "aws-scope-service-ignored",
    "Takes no notice of the scope's service.",
    "protocol:aws-sigv4",
    passes(denied("scope", awsScope(2))),
  ),
  ofAws(
    "aws-scope-end-ignored",
    "Takes no notice of the scope's last word.",
    "protocol:aws-sigv4",
    passes(denied("scope", awsScope(3))),
  ),
  ofAws(
    "aws-host-unsigned",
    "Believes a signature that leaves the host out.",
    "protocol:aws-sigv4",
    passes(denied("signature", (c) => !signs(c, "host"))),
  ),
  ofAws(
    "aws-body-unsigned",
    "Takes no notice of what stands behind a signed body.",
    "protocol:aws-sigv4",
    passes(denied("signature", trimmed)),
  ),
  ofAws(
    "aws-unsigned",
    "Needs no Authorization.",
    "protocol:aws-sigv4",
    passes(denied("absent", (c) => commonOf(c, "Authorization") === "")),
  ),
  ofAws(
    "aws-scheme-believed",
    "Believes an Authorization of another scheme.",
    "protocol:aws-sigv4",
    passes(denied("absent", sent(/^Basic /))),
  ),
  ofAws(
    "aws-nonsense-believed",
    "Believes an Authorization of which only the first word is right.",
    "protocol:aws-sigv4",
    passes(denied("incomplete", sent(/ nonsense$/))),
  ),
];
