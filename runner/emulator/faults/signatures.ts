/** Faults in the signature check: it accepts invalid signatures or refuses valid ones. */
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

const iaiFault = faultFactory("tencent/iai", "signature");
const imFault = faultFactory("tencent/im", "signature");
const awsFault = faultFactory("aws/rekognition", "signature");

const tc3 = viaBinding("tc3-");
const v1 = viaBinding("v1-");
const hasSignatureAge = (seconds: number) => (context: RequestContext) => signatureAgeSeconds(context) === seconds;

/**
 * Five faults in the time window of a signature: one second too wide and two seconds too narrow, each in the past and in the future, and no window at all.
 * Signatures up to `guaranteedSeconds` must be accepted; those beyond `allowedSeconds` must be refused.
 */
const timeWindowFaults = (
  createFault: ReturnType<typeof faultFactory>,
  idPrefix: string,
  cell: string,
  [guaranteedSeconds, allowedSeconds]: readonly [number, number],
  code: string,
  applies: (context: RequestContext) => boolean,
): Fault[] => [
  ...([1, -1] as const).flatMap((sign) => {
    const side = sign > 0 ? "old" : "ahead";
    const direction = sign > 0 ? "in the past" : "in the future";
    const atAge = (seconds: number) => (context: RequestContext) =>
      applies(context) && hasSignatureAge(sign * seconds)(context);
    return [
      createFault(
        `${idPrefix}-window-wide-${side}`,
        `Accepts a signature made ${allowedSeconds + 1} seconds ${direction}.`,
        cell,
        acceptWhen(authFailure("expired", atAge(allowedSeconds + 1))),
      ),
      createFault(
        `${idPrefix}-window-narrow-${side}`,
        `Refuses a signature made more than ${guaranteedSeconds - 2} seconds ${direction}.`,
        cell,
        refuseWhen(code, (context) => applies(context) && sign * signatureAgeSeconds(context) > guaranteedSeconds - 2),
      ),
    ];
  }),
  createFault(
    `${idPrefix}-never-expires`,
    "Accepts a signature made at any time.",
    cell,
    acceptWhen(authFailure("expired", applies)),
  ),
];

const signingDate = (context: RequestContext) =>
  new Date(context.now - signatureAgeSeconds(context) * 1000).toISOString().slice(0, 10);

/** True if exactly one part of the credential scope is wrong, the one at the index. */
const isTc3ScopePartWrong = (wrongPart: number) => (context: RequestContext) => {
  const expectedParts = [signingDate(context), context.service?.credentialScope, "tc3_request"];
  return credentialScope(context).every((part, i) => (i === wrongPart) === (part !== expectedParts[i]));
};

const isAwsScopePartWrong = (wrongPart: number) => (context: RequestContext) => {
  const expectedParts = [
    signingDate(context).replaceAll("-", ""),
    "us-east-1",
    context.service?.credentialScope,
    "aws4_request",
  ];
  return credentialScope(context).every((part, i) => (i === wrongPart) === (part !== expectedParts[i]));
};

const verifiesWithTrimmedBody = (context: RequestContext) =>
  wouldVerify(context, { ...context.request, body: requestBodyText(context).trimEnd() });

const verifiesWithoutLastQueryParameter = (context: RequestContext) =>
  wouldVerify(context, { ...context.request, path: context.request.path.replace(/[?&][^&]*$/, "") });

/** True if the signature is valid for the other SignatureMethod, HmacSHA1 or HmacSHA256. */
const verifiesWithOtherMethod = (context: RequestContext) => {
  const swap = (text: string) =>
    text.replace(/SignatureMethod=\w+/, (parameter) =>
      parameter.endsWith("256") ? "SignatureMethod=HmacSHA1" : "SignatureMethod=HmacSHA256",
    );
  const { request } = context;
  const otherRequest: HttpRequest = { ...request, path: swap(request.path), body: swap(requestBodyText(context)) };
  return wouldVerify(context, otherRequest);
};

const authorizationMatches = (pattern: RegExp) => (context: RequestContext) =>
  pattern.test(commonParameter(context, "Authorization"));
const userSigMatches =
  (predicate: (text: string | undefined) => boolean) =>
  ({ received }: RequestContext) =>
    predicate(received?.common.get("usersig"));

// biome-ignore format: one fault a line
export const signatureFaults: readonly Fault[] = [
  iaiFault("any-signature", "Accepts any signature.", "protocol:tc3", acceptWhen(authFailure("signature"))),
  iaiFault("unknown-key-believed", "Accepts an unknown key id.", "protocol:tc3", acceptWhen(authFailure("unknown-id", tc3))),
  ...timeWindowFaults(iaiFault, "tc3", "protocol:tc3", [300, 300], "AuthFailure.SignatureExpire", tc3),
  iaiFault("tc3-scope-date-ignored", "Ignores the date of the credential scope.", "protocol:tc3", acceptWhen(authFailure("scope", isTc3ScopePartWrong(0)))),
  iaiFault("tc3-scope-service-ignored", "Ignores the service of the credential scope.", "protocol:tc3", acceptWhen(authFailure("scope", isTc3ScopePartWrong(1)))),
  iaiFault("tc3-scope-end-ignored", "Ignores the last part of the credential scope.", "protocol:tc3", acceptWhen(authFailure("scope", isTc3ScopePartWrong(2)))),
  iaiFault(
    "tc3-host-unsigned",
    "Accepts a signature that does not cover the Host header.",
    "protocol:tc3",
    acceptWhen(
      authFailure("malformed", (c) => tc3(c) && isHeaderSigned(c, "content-type") && !isHeaderSigned(c, "host")),
    ),
  ),
  iaiFault(
    "tc3-content-type-unsigned",
    "Accepts a signature that does not cover the Content-Type header.",
    "protocol:tc3",
    acceptWhen(
      authFailure("malformed", (c) => tc3(c) && isHeaderSigned(c, "host") && !isHeaderSigned(c, "content-type")),
    ),
  ),
  iaiFault(
    "tc3-body-unsigned",
    "Accepts white space that was appended to a signed body.",
    "protocol:tc3",
    acceptWhen(authFailure("signature", (c) => viaBinding("tc3-post")(c) && verifiesWithTrimmedBody(c))),
  ),
  iaiFault(
    "tc3-query-unsigned",
    "Accepts a parameter that was appended to a signed query string.",
    "protocol:tc3",
    acceptWhen(authFailure("signature", (c) => viaBinding("tc3-get")(c) && verifiesWithoutLastQueryParameter(c))),
  ),
  iaiFault("tc3-unsigned", "Accepts a request without an Authorization header.", "protocol:tc3", acceptWhen(authFailure("absent", tc3))),
  iaiFault(
    "tc3-nonsense-believed",
    "Accepts an Authorization header in which only the scheme is valid.",
    "protocol:tc3",
    acceptWhen(authFailure("malformed", authorizationMatches(/^TC3-HMAC-SHA256 nonsense/))),
  ),
  iaiFault("tc3-scheme-believed", "Accepts an Authorization header of another scheme.", "protocol:tc3", acceptWhen(authFailure("malformed", authorizationMatches(/^Basic /)))),
  iaiFault(
    "tc3-token-broken",
    "Answers with InternalError if the request has an X-TC-Token that the key does not need.",
    "protocol:tc3",
    refuseWhen("InternalError", (c) => commonParameter(c, "X-TC-Token") !== ""),
  ),
  iaiFault("v1-form-unsigned", "Accepts any signature of a form.", "protocol:tencent-v1", acceptWhen(authFailure("signature", viaBinding("v1-post")))),
  iaiFault("v1-query-unsigned", "Accepts any version 1 signature of a query string.", "protocol:tencent-v1", acceptWhen(authFailure("signature", viaBinding("v1-get")))),
  iaiFault("v1-unknown-key-believed", "Accepts an unknown SecretId.", "protocol:tencent-v1", acceptWhen(authFailure("unknown-id", v1))),
  ...timeWindowFaults(iaiFault, "v1", "protocol:tencent-v1", [300, 300], "AuthFailure.SignatureExpire", v1),
  iaiFault(
    "v1-method-ignored",
    "Accepts a signature made with a SignatureMethod other than the declared one.",
    "protocol:tencent-v1",
    acceptWhen(authFailure("signature", (c) => v1(c) && verifiesWithOtherMethod(c))),
  ),
  iaiFault(
    "v1-token-broken",
    "Answers with InternalError if the request has a Token that the key does not need.",
    "protocol:tencent-v1",
    refuseWhen("InternalError", (c) => commonParameter(c, "Token") !== ""),
  ),
  iaiFault(
    "v1-unsigned",
    "Accepts a request without a Signature.",
    "protocol:tencent-v1",
    acceptWhen(
      (refusal, c) =>
        v1(c) &&
        commonParameter(c, "Signature") === "" &&
        (refusal.parameter === "Signature" || authFailure("absent")(refusal, c)),
    ),
  ),
  imFault("im-any-signature", "Accepts a UserSig signed with any key.", "protocol:tencent-im", acceptWhen(authFailure("signature"))),
  imFault("im-expired-believed", "Accepts an expired UserSig.", "protocol:tencent-im", acceptWhen(authFailure("expired"))),
  imFault("im-identifier-ignored", "Accepts a UserSig of another identifier.", "protocol:tencent-im", acceptWhen(authFailure("identifier"))),
  imFault("im-app-ignored", "Accepts a UserSig of another application.", "protocol:tencent-im", acceptWhen(authFailure("app"))),
  imFault("im-cut-believed", "Accepts a truncated UserSig.", "protocol:tencent-im", acceptWhen(authFailure("malformed", userSigMatches((t) => (t ?? "").length > 50)))),
  imFault("im-nonsense-believed", "Accepts any word as a UserSig.", "protocol:tencent-im", acceptWhen(authFailure("malformed", userSigMatches((t) => (t ?? "").length < 50)))),
  imFault("im-empty-believed", "Accepts an empty UserSig.", "protocol:tencent-im", acceptWhen(authFailure("absent", userSigMatches((t) => t === "")))),
  imFault("im-unsigned", "Accepts a request without a UserSig.", "protocol:tencent-im", acceptWhen(authFailure("absent", userSigMatches((t) => t === undefined)))),
  awsFault("aws-any-signature", "Accepts any signature.", "protocol:aws-sigv4", acceptWhen(authFailure("signature", (c) => isHeaderSigned(c, "host")))),
  awsFault(
    "aws-unknown-key-believed",
    "Accepts an unknown key id.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("unknown-id", (c) => commonParameter(c, "X-Amz-Security-Token") === "")),
  ),
  awsFault(
    "aws-token-believed",
    "Accepts a session token that does not belong to the key.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("unknown-id", (c) => commonParameter(c, "X-Amz-Security-Token") !== "")),
  ),
  ...timeWindowFaults(awsFault, "aws", "protocol:aws-sigv4", [300, 900], "InvalidSignatureException", () => true),
  awsFault("aws-scope-date-ignored", "Ignores the date of the credential scope.", "protocol:aws-sigv4", acceptWhen(authFailure("scope", isAwsScopePartWrong(0)))),
  awsFault("aws-scope-region-ignored", "Ignores the region of the credential scope.", "protocol:aws-sigv4", acceptWhen(authFailure("scope", isAwsScopePartWrong(1)))),
  awsFault("aws-scope-service-ignored", "Ignores the service of the credential scope.", "protocol:aws-sigv4", acceptWhen(authFailure("scope", isAwsScopePartWrong(2)))),
  awsFault("aws-scope-end-ignored", "Ignores the last part of the credential scope.", "protocol:aws-sigv4", acceptWhen(authFailure("scope", isAwsScopePartWrong(3)))),
  awsFault(
    "aws-host-unsigned",
    "Accepts a signature that does not cover the Host header.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("signature", (c) => !isHeaderSigned(c, "host"))),
  ),
  awsFault("aws-body-unsigned", "Accepts white space that was appended to a signed body.", "protocol:aws-sigv4", acceptWhen(authFailure("signature", verifiesWithTrimmedBody))),
  awsFault(
    "aws-unsigned",
    "Accepts a request without an Authorization header.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("absent", (c) => commonParameter(c, "Authorization") === "")),
  ),
  awsFault("aws-scheme-believed", "Accepts an Authorization header of another scheme.", "protocol:aws-sigv4", acceptWhen(authFailure("absent", authorizationMatches(/^Basic /)))),
  awsFault(
    "aws-nonsense-believed",
    "Accepts an Authorization header in which only the algorithm is valid.",
    "protocol:aws-sigv4",
    acceptWhen(authFailure("incomplete", authorizationMatches(/ nonsense$/))),
  ),
];
