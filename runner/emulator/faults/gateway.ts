/** Faults in the checks before the action: common parameters, method, content type, size and syntax of the body. */
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

const iaiFault = faultFactory("tencent/iai", "protocol");
const imFault = faultFactory("tencent/im", "protocol");
const awsFault = faultFactory("aws/rekognition", "protocol");

const bodySyntaxRefusal = (breach: string) => stageRefusal("body syntax", breach);
const bodyIs = (text: string) => (context: RequestContext) => requestBodyText(context) === text;

/** Matches the refusals of a request without the common parameter, including those of the signature check, which needs it. */
const missingParameterRefusal = (name: string) => (refusal: EmulatorRefusal, context: RequestContext) =>
  commonParameter(context, name) === "" &&
  (refusal.breach === "absent" || refusal.stage === "authorization" || refusal.parameter === "Version");

/** Accepts a list as the body and uses its first item as the parameters. */
const unwrapList: Pick<Fault, "refusal" | "input"> = {
  ...acceptWhen(
    (refusal, context) =>
      bodySyntaxRefusal("not-an-object")(refusal, context) && requestBodyText(context).startsWith("[{"),
  ),
  input: (members, context) => {
    const text = requestBodyText(context);
    return text.startsWith("[{") ? ((JSON.parse(text) as CallMembers[])[0] ?? {}) : members;
  },
};

/** True if the form, query string or JSON body contains a key twice. */
const hasRepeatedMember = (context: RequestContext) => {
  const names = context.received?.flat
    ? context.received.flat.map(([name]) => name)
    : [...requestBodyText(context).matchAll(/[{,]"(\w+)":/g)].map(([, name]) => name);
  return new Set(names).size < names.length;
};

const bodySyntaxRefusalWhen =
  (breach: string, condition: (context: RequestContext) => boolean) =>
  (refusal: EmulatorRefusal, context: RequestContext) =>
    bodySyntaxRefusal(breach)(refusal, context) && condition(context);

const isNestedList = (context: RequestContext) => requestBodyText(context).startsWith("[[");

// biome-ignore format: one fault a line
export const gatewayFaults: readonly Fault[] = [
  iaiFault("version-wrong-taken", "Accepts any version.", "stage:action and version", acceptWhen(stageRefusal("action and version", undefined, "Version"))),
  iaiFault(
    "version-of-another-service-taken",
    "Accepts the version of another service.",
    "stage:action and version",
    acceptWhen(
      (refusal, c) => stageRefusal("action and version", undefined, "Version")(refusal, c) && refusal.value === "2021-03-31",
    ),
  ),
  iaiFault(
    "version-cut",
    "Reads only the first ten characters of a version.",
    "stage:common parameters",
    acceptWhen((refusal) => refusal.parameter === "Version" && String(refusal.value).startsWith("2018-03-01-")),
  ),
  iaiFault(
    "version-malformed-taken",
    "Accepts a version that is not a date.",
    "stage:common parameters",
    acceptWhen((refusal) => refusal.parameter === "Version" && refusal.value === "yesterday"),
  ),
  iaiFault(
    "version-absent-taken",
    "Accepts a request without a version.",
    "stage:common parameters",
    acceptWhen((refusal, c) => viaBinding("tc3-")(c) && missingParameterRefusal("X-TC-Version")(refusal, c)),
  ),
  iaiFault(
    "timestamp-absent-taken",
    "Accepts a request without a timestamp.",
    "stage:common parameters",
    acceptWhen((refusal, c) => viaBinding("tc3-")(c) && missingParameterRefusal("X-TC-Timestamp")(refusal, c)),
  ),
  iaiFault(
    "timestamp-text-taken",
    "Accepts a timestamp that is not a number.",
    "stage:common parameters",
    acceptWhen(
      (refusal, c) =>
        commonParameter(c, "X-TC-Timestamp") === "abc" &&
        (refusal.parameter === "Timestamp" || authFailure("malformed")(refusal, c)),
    ),
  ),
  iaiFault(
    "timestamp-decimal-taken",
    "Accepts a timestamp that is not an integer.",
    "stage:common parameters",
    acceptWhen(
      (refusal, c) =>
        commonParameter(c, "X-TC-Timestamp") === "1.5" &&
        (refusal.parameter === "Timestamp" || authFailure("malformed")(refusal, c)),
    ),
  ),
  iaiFault("nonce-absent-taken", "Accepts a request without a Nonce.", "stage:common parameters", acceptWhen(stageRefusal("common parameters", "absent", "Nonce"))),
  iaiFault("nonce-text-taken", "Accepts a Nonce that is not a number.", "stage:common parameters", acceptWhen(stageRefusal("common parameters", "type", "Nonce"))),
  iaiFault("nonce-0-taken", "Accepts a Nonce of 0.", "stage:common parameters", acceptWhen(stageRefusal("common parameters", "minimum", "Nonce"))),
  iaiFault(
    "secret-id-absent-taken",
    "Accepts a request without a SecretId.",
    "stage:common parameters",
    acceptWhen((refusal, c) => viaBinding("v1-")(c) && missingParameterRefusal("SecretId")(refusal, c)),
  ),
  iaiFault(
    "region-unknown-broken",
    "Answers an unknown region with InternalError.",
    "stage:common parameters",
    refuseWithCodeWhen("InternalError", stageRefusal("common parameters", "unknown", "Region")),
  ),
  iaiFault(
    "language-broken",
    "Answers an undocumented language with InternalError.",
    "stage:common parameters",
    refuseWhen("InternalError", (c) => commonParameter(c, "X-TC-Language") === "xx-XX"),
  ),
  iaiFault(
    "content-type-broken",
    "Answers an undocumented content type with InternalError.",
    "stage:content type",
    refuseWhen("InternalError", (c) => commonParameter(c, "Content-Type") === "text/plain"),
  ),
  iaiFault("put-taken", "Accepts a PUT request.", "stage:method", acceptWhen(stageRefusal("method"))),
  iaiFault("put-page", "Answers a PUT request with an HTML page.", "stage:method", respondHtmlWhen(405, stageRefusal("method"))),
  iaiFault("body-malformed-page", "Answers a body that is not JSON with an HTML page.", "stage:body syntax", respondHtmlWhen(400, bodySyntaxRefusal("malformed"))),
  iaiFault(
    "body-text-behind-broken",
    "Answers with InternalError if text follows the JSON of the body.",
    "stage:body syntax",
    refuseWhen("InternalError", (c) => requestBodyText(c).endsWith("}x")),
  ),
  iaiFault("body-list-unwrapped", "Uses the first item of a body that is a list.", "stage:body syntax", unwrapList),
  iaiFault(
    "body-text-answered",
    "Answers a JSON string as the body with a success.",
    "stage:body syntax",
    respondSuccessWhen(bodySyntaxRefusalWhen("not-an-object", bodyIs('"assay"'))),
  ),
  iaiFault(
    "body-number-broken",
    "Answers a number as the body with InternalError.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", bodySyntaxRefusalWhen("not-an-object", bodyIs("7"))),
  ),
  iaiFault(
    "body-null-broken",
    "Answers null as the body with InternalError.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", bodySyntaxRefusalWhen("not-an-object", bodyIs("null"))),
  ),
  iaiFault(
    "body-nested-broken",
    "Answers with InternalError if the body is deeply nested lists.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalError", bodySyntaxRefusalWhen("not-an-object", isNestedList)),
  ),
  iaiFault("body-empty-answered", "Answers an empty body with a success.", "stage:body syntax", respondSuccessWhen((_, c) => viaBinding("tc3-post")(c) && requestBodyText(c) === "")),
  iaiFault("size-unlimited", "Accepts a JSON body of any size.", "stage:size", acceptWhen((refusal, c) => viaBinding("tc3-post")(c) && stageRefusal("size")(refusal, c))),
  iaiFault(
    "size-less",
    "Refuses a body of 10,000,000 bytes, although 10 MiB are allowed.",
    "stage:size",
    refuseWhen("RequestSizeLimitExceeded", (c) => c.request.body.length >= 10_000_000),
  ),
  iaiFault("size-of-form-unlimited", "Accepts a form of any size.", "stage:size", acceptWhen((refusal, c) => viaBinding("v1-post")(c) && stageRefusal("size")(refusal, c))),
  iaiFault("size-of-query-unlimited", "Accepts a query string of any size.", "stage:size", acceptWhen((refusal, c) => c.request.method === "GET" && stageRefusal("size")(refusal, c))),
  {
    id: "repeated-key-broken",
    description: "Answers a repeated parameter with InternalError.",
    action: "tencent/iai",
    family: "repeated-key",
    detects: "family:repeated-key",
    ...refuseWhen("InternalError", hasRepeatedMember),
  },
  imFault("im-command-unknown-answered", "Answers an unknown command with a success.", "stage:action and version", respondSuccessWhen(stageRefusal("action and version"))),
  imFault("im-put-taken", "Accepts a PUT request.", "stage:method", acceptWhen((refusal, c) => c.request.method === "PUT" && stageRefusal("method")(refusal, c))),
  imFault(
    "im-get-answered",
    "Answers a GET request with a success.",
    "stage:method",
    respondSuccessWhen((refusal, c) => c.request.method === "GET" && stageRefusal("method")(refusal, c)),
  ),
  imFault(
    "im-get-with-body-answered",
    "Answers a GET request that has a body with a success.",
    "stage:method",
    respondSuccessWhen(
      (refusal, c) => c.request.method === "GET" && requestBodyText(c) !== "" && stageRefusal("method")(refusal, c),
    ),
  ),
  imFault(
    "im-version-ignored",
    "Answers a request to another version of the interface with a success.",
    "stage:action and version",
    respondSuccessWhen(
      (refusal, c) => !c.path.startsWith("/v4/") && stageRefusal("action and version")(refusal, c),
    ),
  ),
  imFault("im-app-absent-taken", "Accepts a request without an sdkappid.", "stage:common parameters", acceptWhen(missingParameterRefusal("sdkappid"))),
  imFault("im-identifier-absent-taken", "Accepts a request without an identifier.", "stage:common parameters", acceptWhen(missingParameterRefusal("identifier"))),
  imFault(
    "im-random-broken",
    "Answers a random of more than 32 bits with 70500.",
    "stage:common parameters",
    refuseWhen("70500", (c) => Number(commonParameter(c, "random")) > 4_294_967_295),
  ),
  imFault("im-body-malformed-page", "Answers a body that is not JSON with an HTML page.", "stage:body syntax", respondHtmlWhen(400, bodySyntaxRefusal("malformed"))),
  imFault("im-body-list-unwrapped", "Uses the first item of a body that is a list.", "stage:body syntax", unwrapList),
  imFault("im-body-null-broken", "Answers null as the body with 70500.", "stage:body syntax", refuseWithCodeWhen("70500", bodySyntaxRefusalWhen("not-an-object", bodyIs("null")))),
  awsFault(
    "aws-date-absent-taken",
    "Accepts a request without an X-Amz-Date.",
    "stage:authorization",
    acceptWhen((refusal, c) => commonParameter(c, "X-Amz-Date") === "" && authFailure("incomplete")(refusal, c)),
  ),
  awsFault(
    "aws-date-nonsense-taken",
    "Accepts an X-Amz-Date that is not a date.",
    "stage:authorization",
    acceptWhen(
      (refusal, c) => commonParameter(c, "X-Amz-Date") === "yesterday" && authFailure("incomplete")(refusal, c),
    ),
  ),
  awsFault(
    "aws-target-service-ignored",
    "Answers a request whose X-Amz-Target names another service with a success.",
    "stage:action and version",
    respondSuccessWhen(
      (refusal, c) =>
        stageRefusal("action and version")(refusal, c) &&
        (c.service?.actions.has(commonParameter(c, "X-Amz-Target").split(".")[1] ?? "") ?? false),
    ),
  ),
  awsFault("aws-body-malformed-page", "Answers a body that is not JSON with an HTML page.", "stage:body syntax", respondHtmlWhen(400, bodySyntaxRefusal("malformed"))),
  awsFault(
    "aws-body-malformed-without-type",
    "Refuses a body that is not JSON without an error type.",
    "stage:body syntax",
    {
      response: (response, { refusal }) =>
        refusal?.breach === "malformed" ? { ...response, body: '{"message":"?"}' } : response,
    },
  ),
  awsFault("aws-body-list-unwrapped", "Uses the first item of a body that is a list.", "stage:body syntax", unwrapList),
  awsFault(
    "aws-body-null-broken",
    "Answers null as the body with InternalFailure.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalFailure", bodySyntaxRefusalWhen("not-an-object", bodyIs("null"))),
  ),
  awsFault(
    "aws-body-nested-broken",
    "Answers with InternalFailure if the body is deeply nested lists.",
    "stage:body syntax",
    refuseWithCodeWhen("InternalFailure", bodySyntaxRefusalWhen("not-an-object", isNestedList)),
  ),
];
