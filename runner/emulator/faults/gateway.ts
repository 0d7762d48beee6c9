/** Faults about what stands in front of an action: common parameters, the method, the body as a whole. */
import type { Members } from "../../model/index.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import { at, commonOf, denied, minds, nods, over, page, passes, rowsOf, says, textOf } from "./gateway-faults.ts";

const ofIai = rowsOf("tencent/iai", "protocol");
const ofIm = rowsOf("tencent/im", "protocol");
const ofAws = rowsOf("aws/rekognition", "protocol");

const syntax = (breach: string) => at("body syntax", breach);
const bodyIs = (text: string) => (context: Context) => textOf(context) === text;

/** True for every refusal of a request that lacks the parameter on the wire, as far as the signature goes. */
const without = (name: string) => (refused: Refused, context: Context) =>
  commonOf(context, name) === "" &&
  (refused.breach === "absent" || refused.stage === "authorization" || refused.at === "Version");

/** Takes the first of a list for what was meant. */
const unwraps: Pick<Fault, "refusal" | "input"> = {
  ...passes((refused, context) => syntax("not-an-object")(refused, context) && textOf(context).startsWith("[{")),
  input: (members, context) => {
    const text = textOf(context);
    return text.startsWith("[{") ? ((JSON.parse(text) as Members[])[0] ?? {}) : members;
  },
};

/** A member's name that stands twice in a text. */
const twice = (context: Context) => {
  const names = context.received?.flat
    ? context.received.flat.map(([name]) => name)
    : [...textOf(context).matchAll(/[{,]"(\w+)":/g)].map(([, name]) => name);
  return new Set(names).size < names.length;
};

const breaks = (breach: string, when: (context: Context) => boolean) => (refused: Refused, context: Context) =>
  syntax(breach)(refused, context) && when(context);

const nested = (context: Context) => textOf(context).startsWith("[[");

export const frontFaults: readonly Fault[] = [
  ofIai(
    "action-unknown-broken",
    "Fails inside on an action that is not there.",
    "stage:action and version",
    says("InternalError", at("action and version", undefined, "Action")),
  ),
  ofIai(
    "action-unknown-answered",
    "Answers an action that is not there as if it were.",
    "stage:action and version",
    nods(at("action and version", undefined, "Action")),
  ),
  ofIai(
    "action-absent-broken",
    "Fails inside where no action is named.",
    "stage:common parameters",
    says("InternalError", at("common parameters", "absent", "Action")),
  ),
  ofIai(
    "version-wrong-taken",
    "Takes any version.",
    "stage:action and version",
    passes(at("action and version", undefined, "Version")),
  ),
  ofIai(
    "version-malformed-taken",
    "Takes what is no date for a version.",
    "stage:common parameters",
    passes((refused) => refused.at === "Version" && refused.value === "yesterday"),
  ),
  ofIai(
    "version-absent-taken",
    "Needs no version.",
    "stage:common parameters",
    passes((refused, c) => over("tc3-")(c) && without("X-TC-Version")(refused, c)),
  ),
  ofIai(
    "timestamp-absent-taken",
    "Needs no timestamp.",
    "stage:common parameters",
    passes((refused, c) => over("tc3-")(c) && without("X-TC-Timestamp")(refused, c)),
  ),
  ofIai(
    "timestamp-text-taken",
    "Takes any word for a timestamp.",
    "stage:common parameters",
    passes(
      (refused, c) =>
        commonOf(c, "X-TC-Timestamp") === "abc" && (refused.at === "Timestamp" || denied("malformed")(refused, c)),
    ),
  ),
  ofIai(
    "timestamp-decimal-taken",
    "Takes half a second for a timestamp.",
    "stage:common parameters",
    passes(
      (refused, c) =>
        commonOf(c, "X-TC-Timestamp") === "1.5" && (refused.at === "Timestamp" || denied("malformed")(refused, c)),
    ),
  ),
  ofIai(
    "nonce-absent-taken",
    "Needs no Nonce.",
    "stage:common parameters",
    passes(at("common parameters", "absent", "Nonce")),
  ),
  ofIai(
    "nonce-text-taken",
    "Takes any word for a Nonce.",
    "stage:common parameters",
    passes(at("common parameters", "type", "Nonce")),
  ),
  ofIai(
    "nonce-0-taken",
    "Takes a Nonce of 0.",
    "stage:common parameters",
    passes(at("common parameters", "minimum", "Nonce")),
  ),
  ofIai(
    "secret-id-absent-taken",
    "Needs no SecretId.",
    "stage:common parameters",
    passes((refused, c) => over("v1-")(c) && without("SecretId")(refused, c)),
  ),
  ofIai(
    "region-unknown-broken",
    "Fails inside on a region that is not there.",
    "stage:common parameters",
    says("InternalError", at("common parameters", "unknown", "Region")),
  ),
  ofIai(
    "language-broken",
    "Fails inside on a third language.",
    "stage:common parameters",
    minds("InternalError", (c) => commonOf(c, "X-TC-Language") === "xx-XX"),
  ),
  ofIai(
    "content-type-broken",
    "Fails inside on a foreign content type.",
    "stage:content type",
    minds("InternalError", (c) => commonOf(c, "Content-Type") === "text/plain"),
  ),
  ofIai("put-taken", "Takes a PUT.", "stage:method", passes(at("method"))),
  ofIai("put-page", "Answers a PUT with the page of its web server.", "stage:method", page(405, at("method"))),
  ofIai("put-broken", "Fails inside on a PUT.", "stage:method", says("InternalError", at("method"))),
  ofIai(
    "body-malformed-broken",
    "Fails inside on a body that is not JSON.",
    "stage:body syntax",
    says("InternalError", syntax("malformed")),
  ),
  ofIai(
    "body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    page(400, syntax("malformed")),
  ),
  ofIai(
    "body-text-behind-broken",
    "Fails inside on text behind the JSON.",
    "stage:body syntax",
    minds("InternalError", (c) => textOf(c).endsWith("}x")),
  ),
  ofIai("body-list-unwrapped", "Takes the first of a list for the object.", "stage:body syntax", unwraps),
  ofIai(
    "body-text-answered",
    "Answers a text for a body as if it were a call.",
    "stage:body syntax",
    nods(breaks("not-an-object", bodyIs('"assay"'))),
  ),
  ofIai(
    "body-number-broken",
    "Fails inside on a number for a body.",
    "stage:body syntax",
    says("InternalError", breaks("not-an-object", bodyIs("7"))),
  ),
  ofIai(
    "body-null-broken",
    "Fails inside on null for a body.",
    "stage:body syntax",
    says("InternalError", breaks("not-an-object", bodyIs("null"))),
  ),
  ofIai(
    "body-nested-broken",
    "Fails inside on lists that are nested deeply.",
    "stage:body syntax",
    says("InternalError", breaks("not-an-object", nested)),
  ),
  ofIai(
    "body-empty-answered",
    "Answers an empty body as if it were a call.",
    "stage:body syntax",
    nods((_, c) => over("tc3-post")(c) && textOf(c) === ""),
  ),
  ofIai(
    "size-unlimited",
    "Takes a body of any size.",
    "stage:size",
    passes((refused, c) => over("tc3-post")(c) && at("size")(refused, c)),
  ),
  ofIai(
    "size-less",
    "Takes less than the 10 MB.",
    "stage:size",
    minds("RequestSizeLimitExceeded", (c) => c.request.body.length >= 10_000_000),
  ),
  ofIai(
    "size-of-form-unlimited",
    "Takes a form of any size.",
    "stage:size",
    passes((refused, c) => over("v1-post")(c) && at("size")(refused, c)),
  ),
  ofIai(
    "size-of-query-unlimited",
    "Takes a query of any size.",
    "stage:size",
    passes((refused, c) => c.request.method === "GET" && at("size")(refused, c)),
  ),
  {
    id: "repeated-key-broken",
    says: "Fails inside on a member that stands twice.",
    action: "tencent/iai",
    family: "repeated-key",
    cell: "family:repeated-key",
    ...minds("InternalError", twice),
  },

  ofIm(
    "im-command-unknown-answered",
    "Answers a command that is not there as if it were.",
    "stage:action and version",
    nods(at("action and version")),
  ),
  ofIm(
    "im-put-taken",
    "Takes a PUT.",
    "stage:method",
    passes((refused, c) => c.request.method === "PUT" && at("method")(refused, c)),
  ),
  ofIm(
    "im-get-answered",
    "Answers a GET as if it were a call.",
    "stage:method",
    nods((refused, c) => c.request.method === "GET" && at("method")(refused, c)),
  ),
  ofIm("im-app-absent-taken", "Needs no sdkappid.", "stage:common parameters", passes(without("sdkappid"))),
  ofIm("im-identifier-absent-taken", "Needs no identifier.", "stage:common parameters", passes(without("identifier"))),
  ofIm(
    "im-random-absent-taken",
    "Needs no random.",
    "stage:common parameters",
    passes(at("common parameters", "absent", "random")),
  ),
  ofIm(
    "im-random-broken",
    "Fails inside on a random of more than 32 bits.",
    "stage:common parameters",
    minds("70500", (c) => Number(commonOf(c, "random")) > 4_294_967_295),
  ),
  ofIm(
    "im-content-type-absent-taken",
    "Needs no contenttype.",
    "stage:common parameters",
    passes(at("common parameters", "absent", "contenttype")),
  ),
  ofIm(
    "im-body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    page(400, syntax("malformed")),
  ),
  ofIm(
    "im-body-empty-answered",
    "Answers an empty body as if it were a call.",
    "stage:body syntax",
    nods(syntax("empty-body")),
  ),
  ofIm("im-body-list-unwrapped", "Takes the first of a list for the object.", "stage:body syntax", unwraps),
  ofIm(
    "im-body-null-broken",
    "Fails inside on null for a body.",
    "stage:body syntax",
    says("70500", breaks("not-an-object", bodyIs("null"))),
  ),

  ofAws(
    "aws-target-unknown-broken",
    "Fails inside on an operation that is not there.",
    "stage:action and version",
    says("InternalFailure", at("action and version")),
  ),
  ofAws(
    "aws-target-unknown-answered",
    "Answers an operation that is not there as if it were.",
    "stage:action and version",
    nods(at("action and version")),
  ),
  ofAws(
    "aws-target-absent-broken",
    "Fails inside where no operation is named.",
    "stage:common parameters",
    says("InternalFailure", at("common parameters", "absent", "X-Amz-Target")),
  ),
  ofAws(
    "aws-date-absent-taken",
    "Needs no date.",
    "stage:authorization",
    passes((refused, c) => commonOf(c, "X-Amz-Date") === "" && denied("incomplete")(refused, c)),
  ),
  ofAws(
    "aws-date-nonsense-taken",
    "Takes any word for a date.",
    "stage:authorization",
    passes((refused, c) => commonOf(c, "X-Amz-Date") === "yesterday" && denied("incomplete")(refused, c)),
  ),
  ofAws(
    "aws-body-malformed-page",
    "Answers a body that is not JSON with a page.",
    "stage:body syntax",
    page(400, syntax("malformed")),
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
    says("InternalFailure", breaks("not-an-object", bodyIs("null"))),
  ),
  ofAws(
    "aws-body-nested-broken",
    "Fails inside on lists that are nested deeply.",
    "stage:body syntax",
    says("InternalFailure", breaks("not-an-object", nested)),
  ),
];
