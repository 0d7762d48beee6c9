/** Faults about answers: the code, the status, the envelope, and what stands in front of an action. */
import type { Json } from "../../model.ts";
import { answerOf } from "../answer.ts";
import { editJson, type Fault } from "../fault.ts";

const iai = "tencent/iai";
const im = "tencent/im";
const rekognition = "aws/rekognition";

type Body = Record<string, Record<string, Json>>;

const instead =
  (code: string, other: string): NonNullable<Fault["refusal"]> =>
  (refused) =>
    refused.code === code ? { ...refused, code: other } : refused;

const requestId =
  (value: Json | undefined): NonNullable<Fault["answer"]> =>
  (answer) =>
    editJson(answer, (body) => {
      const { Response } = body as Body;
      if (Response && value === undefined) delete Response.RequestId;
      else if (Response) Response.RequestId = value as Json;
    });

export const answerFaults: readonly Fault[] = [
  {
    id: "code-in-no-table",
    says: "Refuses a long GroupId with a code that stands in no table.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    refusal: instead("InvalidParameterValue.GroupIdTooLong", "InvalidParameterValue.GroupIdLength"),
  },
  {
    id: "code-of-another-rule",
    says: "Refuses a long GroupId with the code for a long GroupName.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    refusal: instead("InvalidParameterValue.GroupIdTooLong", "InvalidParameterValue.GroupNameTooLong"),
  },
  {
    id: "tencent-refusal-400",
    says: "Refuses with HTTP status 400.",
    action: iai,
    family: "boundary",
    answer: (answer, { refused }) => (refused ? { ...answer, status: 400 } : answer),
  },
  {
    id: "aws-refusal-200",
    says: "Refuses with HTTP status 200.",
    action: rekognition,
    family: "missing-member",
    answer: (answer) => ({ ...answer, status: 200 }),
  },
  {
    id: "aws-refusal-without-type",
    says: "Refuses without naming the type of the error.",
    action: rekognition,
    family: "missing-member",
    answer: (answer, { refused }) =>
      refused
        ? editJson(answer, (body) => {
            delete body.__type;
            delete body.Code;
          })
        : answer,
  },
  {
    id: "request-id-absent",
    says: "Answers without a RequestId.",
    action: iai,
    family: "valid",
    answer: requestId(undefined),
  },
  {
    id: "request-id-repeated",
    says: "Answers every call with the same RequestId.",
    action: iai,
    family: "valid",
    answer: requestId("00000000-0000-4000-8000-000000000000"),
  },
  {
    id: "request-id-a-number",
    says: "Answers with a number for a RequestId.",
    action: iai,
    family: "valid",
    answer: requestId(7),
  },
  {
    id: "content-type-html",
    says: "Says that its JSON is HTML.",
    action: iai,
    family: "valid",
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, "Content-Type": "text/html" } }),
  },
  {
    id: "byte-order-mark",
    says: "Begins its body with a byte order mark.",
    action: iai,
    family: "valid",
    answer: (answer) => ({ ...answer, body: `\ufeff${answer.body}` }),
  },
  {
    id: "body-cut-short",
    says: "Leaves out the last character of its body.",
    action: iai,
    family: "valid",
    answer: (answer) => ({ ...answer, body: answer.body.slice(0, -1) }),
  },
  {
    id: "refusal-told-as-success",
    says: "Refuses, and answers as if it had not.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    answer: (answer, context) => (context.refused ? answerOf({ ...context, refused: undefined }) : answer),
  },
  {
    id: "im-code-as-text",
    says: "Writes ErrorCode as a text.",
    action: im,
    family: "valid",
    answer: (answer) =>
      editJson(answer, (body) => {
        body.ErrorCode = String(body.ErrorCode);
      }),
  },
  {
    id: "im-refusal-ok",
    says: "Refuses with ActionStatus OK.",
    action: im,
    family: "missing-member",
    answer: (answer) =>
      editJson(answer, (body) => {
        body.ActionStatus = "OK";
      }),
  },
  {
    id: "im-kick-reason-refused",
    says: "Refuses the Reason that the page's sample gives.",
    action: "tencent/im/delete_group_member",
    family: "sample",
    refuses: ({ Reason }) => (Reason === "kick reason" ? "10004" : undefined),
  },
  {
    id: "one-binding-refused",
    says: "Refuses every valid call signed by version 1 with HmacSHA256 in a query.",
    action: iai,
    family: "valid",
    refuses: (_, { received }) => (received?.binding === "v1-get-sha256" ? "InvalidParameter" : undefined),
  },
  {
    id: "any-signature",
    says: "Believes any signature.",
    action: iai,
    family: "signature",
    refusal: (refused) => (refused.stage === "authorization" && refused.breach === "signature" ? undefined : refused),
  },
];
