/** Faults about what stands in front of an action: common parameters, the method, the body as a whole. */
import type { CallMembers } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import {
  acceptWhen,
  authFailure,
  commonParameter,
  faultFactory,
  refuseWhen,
  refuseWithCodeWhen,
  requestBodyText,
  respondHtmlWhen,
  respondSuccessWhen,
  stageRefusal,
  viaBinding,
} from "./gateway-faults.ts";

const ofIai = faultFactory("tencent/iai", "protocol");
const ofIm = faultFactory("tencent/im", "protocol");
const ofAws = faultFactory("aws/rekognition", "protocol");

const syntax = (breach: string) => stageRefusal("body syntax", breach);
const bodyIs = (text: string) => (context: RequestContext) => requestBodyText(context) === text;

/** True for every refusal of a request that lacks the parameter on the wire, as far as the signature goes. */
const without = (name: string) => (refused: EmulatorRefusal, context: RequestContext) =>
  commonParameter(context, name) === "" &&
  (refused.breach === "absent" || refused.stage === "authorization" || refused.at === "Version");

/** Takes the first of a list for what was meant. */
const unwraps: Pick<Fault, "refusal" | "input"> = {
  ...acceptWhen(
    (refused, context) => syntax("not-an-object")(refused, context) && requestBodyText(context).startsWith("[{"),
  ),
  input: (members, context) => {
    const text = requestBodyText(context);
    return text.startsWith("[{") ? ((JSON.parse(text) as CallMembers[])[0] ?? {}) : members;
  },
};

/** A member's name that stands twice in a text. */
const twice = (context: RequestContext) => {
  const names = context.received?.flat
    ? context.received.flat.map(([name]) => name)
    : [...requestBodyText(context).matchAll(/[{,]"(\w+)":/g)].map(([, name]) => name);
  return new Set(names).size < names.length;
};

const breaks =
  (breach: string, when: (context: RequestContext) => boolean) => (refused: EmulatorRefusal, context: RequestContext) =>
    syntax(breach)(refused, context) && when(context);

const nested = (context: RequestContext) => requestBodyText(context).startsWith("[[");

export const gatewayFaults: readonly Fault[] = [
  ofIai(
    "action-unknown-broken",
    "Fails inside on an action that is not there.",
    "stage:action and version",
    refuseWithCodeWhen("InternalError", stageRefusal("action and version", undefined, "Action")),
  ),
  ofIai(
    "action-unknown-answered",
    "Answers an action that is not there as if it were.",
    "stage:action and version",
    respondSuccessWhen(stageRefusal("action and version", undefined, "Action")),
  ),
  ofIai(
    "action-absent-broken",
    "Fails inside where no action is named.",
    "stage:common parameters",
    refuseWithCodeWhen("InternalError", stageRefusal("common parameters", "absent", "Action")),
  ),
  ofIai(
    "version-wrong-taken",
    "Takes any version.",
    "stage:action and version",
    acceptWhen(stageRefusal("action and version", undefined, "Version")),
  ),
  ofIai(
    "version-malformed-taken",
    "Takes what is no date for a version.",
    "stage:common parameters",
    acceptWhen((refused) => refused.at === "Version" && refused.value === "yesterday"),
  ),
  ofIai(
    "version-absent-taken",
    "Needs no version.",
    "stage:common parameters",
    acceptWhen((refused, c) => viaBinding("tc3-")(c) && without("X-TC-Version")(refused, c)),
  ),
  ofIai(
    "timestamp-absent-taken",
    "Needs no timestamp.",
    "stage:common parameters",
    acceptWhen((refused, c) => viaBinding("tc3-")(c) && without("X-TC-Timestamp")(refused, c)),
  ),
  ofIai(
    "timestamp-text-taken",
    "Takes any word for a timestamp.",
    "stage:common parameters",
    acceptWhen(
      (refused, c) =>
        commonParameter(c, "X-TC-Timestamp") === "abc" &&
        (refused.at === "Timestamp" || authFailure("malformed")(refused, c)),
    ),
  ),
  ofIai(
    "timestamp-decimal-taken",
    "Takes half a second for a timestamp.",
    "stage:common parameters",
    acceptWhen(
      (refused, c) =>
        commonParameter(c, "X-TC-Timestamp") === "1.5" &&
        (refused.at === "Timestamp" || authFailure("malformed")(refused, c)),
    ),
  ),
  ofIai(
    "nonce-absent-taken",
    "Needs no Nonce.",
    "stage:common parameters",
    acceptWhen(stageRefusal("common parameters", "absent", "Nonce")),
  ),
  ofIai(
    "nonce-text-taken",
    "Takes any word for a Nonce.",
    "stage:common parameters",
    acceptWhen(stageRefusal("common parameters", "type", "Nonce")),
  ),
  ofIai(
    "nonce-0-taken",
    "Takes a Nonce of 0.",
    "stage:common parameters",
    acceptWhen(stageRefusal("common parameters", "minimum", "Nonce")),
  ),
  ofIai(
    "secret-id-absent-taken",
    "Needs no SecretId.",
    "stage:common parameters",
    acceptWhen((refused, c) => viaBinding("v1-")(c) && without("SecretId")(refused, c)),
  ),
  ofIai(
    "region-unknown-broken",
    "Fails inside on a region that is not there.",
    "stage:common parameters",
    refuseWithCodeWhen("InternalError", stageRefusal("common parameters", "unknown", "Region")),
  ),
  ofIai(
    "language-broken",
    "Fails inside on a third language.",
    "stage:common parameters",
    refuseWhen("InternalError", (c) => commonParameter(c, "X-TC-Language") === "xx-XX"),
  ),
  ofIai(
    "content-type-broken",
    "Fails inside on a foreign content type.",
    "stage:content type",
    refuseWhen("InternalError", (c) => commonParameter(c, "Content-Type") === "text/plain"),
  ),
  ofIai("put-taken", "Takes a PUT.", "stage:method", acceptWhen(stageRefusal("method"))),
  ofIai(
    "put-page",
    "Answers a PUT with the page of its web server.",
    "stage:method",
    respondHtmlWhen(405, stageRefusal("method")),
  ),
  ofIai(
    "put-broken",
    "Fails inside on a PUT.",
    "stage:method",
    refuseWithCodeWhen("InternalError", stageRefusal("method")),
  ),
  ofIai(
    "body-malformed-broken",
    "Fails inside on a body that is not JSON.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", syntax("malformed")),
  ),
  ofIai(
    "body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    respondHtmlWhen(400, syntax("malformed")),
  ),
  ofIai(
    "body-text-behind-broken",
    "Fails inside on text behind the JSON.",
    "stage:body syntax",
    refuseWhen("InternalError", (c) => requestBodyText(c).endsWith("}x")),
  ),
  ofIai("body-list-unwrapped", "Takes the first of a list for the object.", "stage:body syntax", unwraps),
  ofIai(
    "body-text-answered",
    "Answers a text for a body as if it were a call.",
    "stage:body syntax",
    respondSuccessWhen(breaks("not-an-object", bodyIs('"assay"'))),
  ),
  ofIai(
    "body-number-broken",
    "Fails inside on a number for a body.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", breaks("not-an-object", bodyIs("7"))),
  ),
  ofIai(
    "body-null-broken",
    "Fails inside on null for a body.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", breaks("not-an-object", bodyIs("null"))),
  ),
  ofIai(
    "body-nested-broken",
    "Fails inside on lists that are nested deeply.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", breaks("not-an-object", nested)),
  ),
  ofIai(
    "body-empty-answered",
    "Answers an empty body as if it were a call.",
    "stage:body syntax",
    respondSuccessWhen((_, c) => viaBinding("tc3-post")(c) && requestBodyText(c) === ""),
  ),
  ofIai(
    "size-unlimited",
    "Takes a body of any size.",
    "stage:size",
    acceptWhen((refused, c) => viaBinding("tc3-post")(c) && stageRefusal("size")(refused, c)),
  ),
  ofIai(
    "size-less",
    "Takes less than the 10 MB.",
    "stage:size",
    refuseWhen("RequestSizeLimitExceeded", (c) => c.request.body.length >= 10_000_000),
  ),
  ofIai(
    "size-of-form-unlimited",
    "Takes a form of any size.",
    "stage:size",
    acceptWhen((refused, c) => viaBinding("v1-post")(c) && stageRefusal("size")(refused, c)),
  ),
  ofIai(
    "size-of-query-unlimited",
    "Takes a query of any size.",
    "stage:size",
    acceptWhen((refused, c) => c.request.method === "GET" && stageRefusal("size")(refused, c)),
  ),
  {
    id: "repeated-key-broken",
    description: "Fails inside on a member that stands twice.",
    action: "tencent/iai",
    family: "repeated-key",
    detects: "family:repeated-key",
    ...refuseWhen("InternalError", twice),
  },

  ofIm(
    "im-command-unknown-answered",
    "Answers a command that is not there as if it were.",
    "stage:action and version",
    respondSuccessWhen(stageRefusal("action and version")),
  ),
  ofIm(
    "im-put-taken",
    "Takes a PUT.",
    "stage:method",
    acceptWhen((refused, c) => c.request.method === "PUT" && stageRefusal("method")(refused, c)),
  ),
  ofIm(
    "im-get-answered",
    "Answers a GET as if it were a call.",
    "stage:method",
    respondSuccessWhen((refused, c) => c.request.method === "GET" && stageRefusal("method")(refused, c)),
  ),
  ofIm("im-app-absent-taken", "Needs no sdkappid.", "stage:common parameters", acceptWhen(without("sdkappid"))),
  ofIm(
    "im-identifier-absent-taken",
    "Needs no identifier.",
    "stage:common parameters",
    acceptWhen(without("identifier")),
  ),
  ofIm(
    "im-random-absent-taken",
    "Needs no random.",
    "stage:common parameters",
    acceptWhen(stageRefusal("common parameters", "absent", "random")),
  ),
  ofIm(
    "im-random-broken",
    "Fails inside on a random of more than 32 bits.",
    "stage:common parameters",
    refuseWhen("70500", (c) => Number(commonParameter(c, "random")) > 4_294_967_295),
  ),
  ofIm(
    "im-content-type-absent-taken",
    "Needs no contenttype.",
    "stage:common parameters",
    acceptWhen(stageRefusal("common parameters", "absent", "contenttype")),
  ),
  ofIm(
    "im-body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    respondHtmlWhen(400, syntax("malformed")),
  ),
  ofIm(
    "im-body-empty-answered",
    "Answers an empty body as if it were a call.",
    "stage:body syntax",
    respondSuccessWhen(syntax("empty-body")),
  ),
  ofIm("im-body-list-unwrapped", "Takes the first of a list for the object.", "stage:body syntax", unwraps),
  ofIm(
    "im-body-null-broken",
    "Fails inside on null for a body.",
    "stage:body syntax",
    refuseWithCodeWhen("70500", breaks("not-an-object", bodyIs("null"))),
  ),

  ofAws(
    "aws-target-unknown-broken",
    "Fails inside on an operation that is not there.",
    "stage:action and version",
    refuseWithCodeWhen("InternalFailure", stageRefusal("action and version")),
  ),
  ofAws(
    "aws-target-unknown-answered",
    "Answers an operation that is not there as if it were.",
    "stage:action and version",
    respondSuccessWhen(stageRefusal("action and version")),
  ),
  ofAws(
    "aws-target-absent-broken",
    "Fails inside where no operation is named.",
    "stage:common parameters",
    refuseWithCodeWhen("InternalFailure", stageRefusal("common parameters", "absent", "X-Amz-Target")),
  ),
  ofAws(
    "aws-date-absent-taken",
    "Needs no date.",
    "stage:authorization",
    acceptWhen((refused, c) => commonParameter(c, "X-Amz-Date") === "" && authFailure("incomplete")(refused, c)),
  ),
  ofAws(
    "aws-date-nonsense-taken",
    "Takes any word for a date.",
    "stage:authorization",
    acceptWhen(
      (refused, c) => commonParameter(c, "X-Amz-Date") === "yesterday" && authFailure("incomplete")(refused, c),
    ),
  ),
  ofAws(
    "aws-body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    respondHtmlWhen(400, syntax("malformed")),
  ),
  ofAws(
    "aws-body-malformed-without-type",
    "Refuses a body that is not JSON without naming the type of the error.",
    "stage:body syntax",
    {
      answer: (answer, { refused }) =>
        refused?.breach === "malformed" ? { ...answer, body: '{"message":"?"}' } : answer,
    },
  ),
  ofAws("aws-body-list-unwrapped", "Takes the first of a list for the object.", "stage:body syntax", unwraps),
  ofAws(
    "aws-body-null-broken",
    "Fails inside on null for a body.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalFailure", breaks("not-an-object", bodyIs("null"))),
  ),
  ofAws(
    "aws-body-nested-broken",
    "Fails inside on lists that are nested deeply.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalFailure", breaks("not-an-object", nested)),
  ),
];
