/** Faults about signatures: what is believed that should not be, and what is not though it should. */
import type { HttpRequest } from "../../model/index.ts";
import { signatureAgeSeconds } from "../pipeline/authorization.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import {
  acceptWhen,
  authFailure,
  commonParameter,
  credentialScope,
  faultFactory,
  isHeaderSigned,
  refuseWhen,
  requestBodyText,
  viaBinding,
  wouldVerify,
} from "./gateway-faults.ts";

const ofIai = faultFactory("tencent/iai", "signature");
const ofIm = faultFactory("tencent/im", "signature");
const ofAws = faultFactory("aws/rekognition", "signature");

const tc3 = viaBinding("tc3-");
const v1 = viaBinding("v1-");
const tooOld = (seconds: number) => (context: RequestContext) => signatureAgeSeconds(context) === seconds;

/** Windows of time, of which the first may be sure and the last is allowed: the four ways to be a second off, and none at all. */
const windows = (
  row: ReturnType<typeof faultFactory>,
  name: string,
  cell: string,
  [sure, window]: readonly [number, number],
  code: string,
  mine: (context: RequestContext) => boolean,
): Fault[] => [
  ...([1, -1] as const).flatMap((sign) => {
    const side = sign > 0 ? "old" : "ahead";
    const sided = (seconds: number) => (context: RequestContext) => mine(context) && tooOld(sign * seconds)(context);
    return [
      row(
        `${name}-window-wide-${side}`,
        `Believes what is ${window + 1} seconds ${side}.`,
        cell,
        acceptWhen(authFailure("expired", sided(window + 1))),
      ),
      row(
        `${name}-window-narrow-${side}`,
        `Believes nothing that is more than ${sure - 2} seconds ${side}.`,
        cell,
        refuseWhen(code, (context) => mine(context) && sign * signatureAgeSeconds(context) > sure - 2),
      ),
    ];
  }),
  row(`${name}-never-expires`, "Believes a signature of any time.", cell, acceptWhen(authFailure("expired", mine))),
];

const date = (context: RequestContext) =>
  new Date(context.now - signatureAgeSeconds(context) * 1000).toISOString().slice(0, 10);

const tc3Scope = (wrong: number) => (context: RequestContext) => {
  const right = [date(context), context.service?.credentialScope, "tc3_request"];
  return credentialScope(context).every((part, i) => (i === wrong) === (part !== right[i]));
};

const awsScope = (wrong: number) => (context: RequestContext) => {
  const right = [date(context).replaceAll("-", ""), "us-east-1", context.service?.credentialScope, "aws4_request"];
  return credentialScope(context).every((part, i) => (i === wrong) === (part !== right[i]));
};

const trimmed = (context: RequestContext) =>
  wouldVerify(context, { ...context.request, body: requestBodyText(context).trimEnd() });

/** Without the last pair of the query. */
const shorter = (context: RequestContext) =>
  wouldVerify(context, { ...context.request, path: context.request.path.replace(/[?&][^&]*$/, "") });

const otherMethod = (context: RequestContext) => {
  const swap = (text: string) =>
    text.replace(/SignatureMethod=\w+/, (had) =>
      had.endsWith("256") ? "SignatureMethod=HmacSHA1" : "SignatureMethod=HmacSHA256",
    );
  const { request } = context;
  const other: HttpRequest = { ...request, path: swap(request.path), body: swap(requestBodyText(context)) };
  return wouldVerify(context, other);
};

const sent = (header: RegExp) => (context: RequestContext) => header.test(commonParameter(context, "Authorization"));
const usersig =
  (holds: (text: string | undefined) => boolean) =>
  ({ received }: RequestContext) =>
    holds(received?.common.get("usersig"));

export const signatureFaults: readonly Fault[] = [
  ofIai("any-signature", "Believes any signature.", "protocol:tc3", acceptWhen(authFailure("signature"))),
  ofIai(
    "unknown-key-believed",
    "Believes the id of a key that is not there.",
    "protocol:tc3",
    acceptWhen(authFailure("unknown-id", tc3)),
  ),
  ...windows(ofIai, "tc3", "protocol:tc3", [300, 300], "AuthFailure.SignatureExpire", tc3),
  ofIai(
    "tc3-scope-date-ignored",
    "Takes no notice of the scope's date.",
    "protocol:tc3",
    acceptWhen(authFailure("scope", tc3Scope(0))),
  ),
  ofIai(
    "tc3-scope-service-ignored",
    "Takes no notice of the scope's service.",
    "protocol:tc3",
    acceptWhen(authFailure("scope", tc3Scope(1))),
  ),
  ofIai(
    "tc3-scope-end-ignored",
    "Takes no notice of the scope's last word.",
    "protocol:tc3",
    acceptWhen(authFailure("scope", tc3Scope(2))),
  ),
  ofIai(
    "tc3-host-unsigned",
    "Believes a signature that leaves the host out.",
    "protocol:tc3",
    acceptWhen(
      authFailure("malformed", (c) => tc3(c) && isHeaderSigned(c, "content-type") && !isHeaderSigned(c, "host")),
    ),
  ),
  ofIai(
    "tc3-content-type-unsigned",
    "Believes a signature that leaves the content type out.",
    "protocol:tc3",
    acceptWhen(
      authFailure("malformed", (c) => tc3(c) && isHeaderSigned(c, "host") && !isHeaderSigned(c, "content-type")),
    ),
  ),
  ofIai(
    "tc3-body-unsigned",
    "Takes no notice of what stands behind a signed body.",
    "protocol:tc3",
    acceptWhen(authFailure("signature", (c) => viaBinding("tc3-post")(c) && trimmed(c))),
  ),
  ofIai(
    "tc3-query-unsigned",
    "Takes no notice of what stands behind a signed query.",
    "protocol:tc3",
    acceptWhen(authFailure("signature", (c) => viaBinding("tc3-get")(c) && shorter(c))),
  ),
  ofIai("tc3-unsigned", "Needs no Authorization.", "protocol:tc3", acceptWhen(authFailure("absent", tc3))),
  ofIai(
    "tc3-nonsense-believed",
    "Believes an Authorization of which only the first word is right.",
    "protocol:tc3",
    acceptWhen(authFailure("malformed", sent(/^TC3-HMAC-SHA256 nonsense/))),
  ),
  ofIai(
    "tc3-scheme-believed",
    "Believes an Authorization of another scheme.",
    "protocol:tc3",
    acceptWhen(authFailure("malformed", sent(/^Basic /))),
  ),
  ofIai(
    "tc3-token-broken",
    "Fails inside on a token that its key does not need.",
    "protocol:tc3",
    refuseWhen("InternalError", (c) => commonParameter(c, "X-TC-Token") !== ""),
  ),

  ofIai(
    "v1-form-unsigned",
    "Believes any signature of a form.",
    "protocol:tencent-v1",
    acceptWhen(authFailure("signature", viaBinding("v1-post"))),
  ),
  ofIai(
    "v1-query-unsigned",
    "Believes any signature of a query in version 1.",
    "protocol:tencent-v1",
    acceptWhen(authFailure("signature", viaBinding("v1-get"))),
  ),
  ofIai(
    "v1-unknown-key-believed",
    "Believes a SecretId that is not there.",
    "protocol:tencent-v1",
    acceptWhen(authFailure("unknown-id", v1)),
  ),
  ...windows(ofIai, "v1", "protocol:tencent-v1", [300, 300], "AuthFailure.SignatureExpire", v1),
  ofIai(
    "v1-method-ignored",
    "Tries one SignatureMethod after the other.",
    "protocol:tencent-v1",
    acceptWhen(authFailure("signature", (c) => v1(c) && otherMethod(c))),
  ),
  ofIai(
    "v1-token-broken",
    "Fails inside on a Token that its key does not need.",
    "protocol:tencent-v1",
    refuseWhen("InternalError", (c) => commonParameter(c, "Token") !== ""),
  ),
  ofIai(
    "v1-unsigned",
    "Needs no Signature.",
    "protocol:tencent-v1",
    acceptWhen(
      (refused, c) =>
        v1(c) &&
        commonParameter(c, "Signature") === "" &&
        (refused.at === "Signature" || authFailure("absent")(refused, c)),
    ),
  ),

  ofIm(
    "im-any-signature",
    "Believes a UserSig of any key.",
    "protocol:tencent-im",
    acceptWhen(authFailure("signature")),
  ),
  ofIm(
    "im-expired-believed",
    "Believes a UserSig that has run out.",
    "protocol:tencent-im",
    acceptWhen(authFailure("expired")),
  ),
  ofIm(
    "im-identifier-ignored",
    "Believes a UserSig that is another's.",
    "protocol:tencent-im",
    acceptWhen(authFailure("identifier")),
  ),
  ofIm(
    "im-app-ignored",
    "Believes a UserSig of another application.",
    "protocol:tencent-im",
    acceptWhen(authFailure("app")),
  ),
  ofIm(
    "im-cut-believed",
    "Believes the beginning of a UserSig.",
    "protocol:tencent-im",
    acceptWhen(
      authFailure(
        "malformed",
        usersig((t) => (t ?? "").length > 50),
      ),
    ),
  ),
  ofIm(
    "im-nonsense-believed",
    "Believes any word for a UserSig.",
    "protocol:tencent-im",
    acceptWhen(
      authFailure(
        "malformed",
        usersig((t) => (t ?? "").length < 50),
      ),
    ),
  ),
  ofIm(
    "im-empty-believed",
    "Believes an empty UserSig.",
    "protocol:tencent-im",
    acceptWhen(
      authFailure(
        "absent",
        usersig((t) => t === ""),
      ),
    ),
  ),
  ofIm(
    "im-unsigned",
    "Needs no UserSig.",
    "protocol:tencent-im",
    acceptWhen(
      authFailure(
        "absent",
        usersig((t) => t === undefined),
      ),
    ),
  ),

  ofAws(
    "aws-any-signature",
    "Believes any signature.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("signature", (c) => isHeaderSigned(c, "host"))),
  ),
  ofAws(
    "aws-unknown-key-believed",
    "Believes the id of a key that is not there.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("unknown-id", (c) => commonParameter(c, "X-Amz-Security-Token") === "")),
  ),
  ofAws(
    "aws-token-believed",
    "Takes no notice of a token that is not the key's.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("unknown-id", (c) => commonParameter(c, "X-Amz-Security-Token") !== "")),
  ),
  ...windows(ofAws, "aws", "protocol:aws-sigv4", [300, 900], "InvalidSignatureException", () => true),
  ofAws(
    "aws-scope-date-ignored",
    "Takes no notice of the scope's date.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("scope", awsScope(0))),
  ),
  ofAws(
    "aws-scope-region-ignored",
    "Takes no notice of the scope's region.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("scope", awsScope(1))),
  ),
  ofAws(
    "aws-scope-service-ignored",
    "Takes no notice of the scope's service.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("scope", awsScope(2))),
  ),
  ofAws(
    "aws-scope-end-ignored",
    "Takes no notice of the scope's last word.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("scope", awsScope(3))),
  ),
  ofAws(
    "aws-host-unsigned",
    "Believes a signature that leaves the host out.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("signature", (c) => !isHeaderSigned(c, "host"))),
  ),
  ofAws(
    "aws-body-unsigned",
    "Takes no notice of what stands behind a signed body.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("signature", trimmed)),
  ),
  ofAws(
    "aws-unsigned",
    "Needs no Authorization.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("absent", (c) => commonParameter(c, "Authorization") === "")),
  ),
  ofAws(
    "aws-scheme-believed",
    "Believes an Authorization of another scheme.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("absent", sent(/^Basic /))),
  ),
  ofAws(
    "aws-nonsense-believed",
    "Believes an Authorization of which only the first word is right.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("incomplete", sent(/ nonsense$/))),
  ),
];
