/** Faults about the envelope of AWS: the status, the headers, the type of an error. */
import type { Json } from "../../model/index.ts";
import type { Answer } from "../response.ts";
import { editJson, type Fault } from "./fault.ts";

const rekognition = "aws/rekognition";

type Hook = NonNullable<Fault["answer"]>;

const refusals =
  (change: (answer: Answer) => Answer): Hook =>
  (answer, { refused }) =>
    refused ? change(answer) : answer;

const inRefusals = (change: (body: Record<string, Json>) => void): Hook =>
  refusals((answer) => editJson(answer, change));

const headed =
  (name: string, value: string | undefined): Hook =>
  (answer) => {
    const { [name]: _, ...rest } = answer.headers;
    return { ...answer, headers: value === undefined ? rest : { ...rest, [name]: value } };
  };

export const awsAnswerFaults: readonly Fault[] = [
  {
    id: "aws-refusal-200",
    says: "Refuses with HTTP status 200.",
    action: rekognition,
    family: "missing-member",
    cell: "check:outcome",
    answer: (answer) => ({ ...answer, status: 200 }),
  },
  {
    id: "aws-not-found-404",
    says: "Refuses what is not there with HTTP status 404.",
    action: rekognition,
    family: "missing-member",
    cell: "check:status",
    answer: (answer, { refused }) =>
      refused?.code === "ResourceNotFoundException" ? { ...answer, status: 404 } : answer,
  },
  {
    id: "aws-refusal-500",
    says: "Refuses a wrong parameter with HTTP status 500.",
    action: rekognition,
    family: "boundary",
    cell: "check:status",
    answer: refusals((answer) => ({ ...answer, status: 500 })),
  },
  {
    id: "aws-success-201",
    says: "Answers a creation with HTTP status 201.",
    action: "aws/rekognition/CreateUser",
    family: "valid",
    cell: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, status: 201 }),
  },
  {
    id: "aws-refusal-without-type",
    says: "Refuses without naming the type of the error.",
    action: rekognition,
    family: "missing-member",
    cell: "check:envelope",
    answer: inRefusals((body) => {
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-in-the-message",
    says: "Names the type of an error in its message alone.",
    action: rekognition,
    family: "boundary",
    cell: "check:envelope",
    answer: inRefusals((body) => {
      body.Message = `${String(body.__type)}: ${String(body.Message)}`;
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-of-the-inside",
    says: "Names the class of its own program for the type of an error.",
    action: rekognition,
    family: "missing-member",
    cell: "check:code",
    answer: inRefusals((body) => {
      body.__type = "java.lang.IllegalArgumentException";
    }),
  },
  {
    id: "aws-message-an-object",
    says: "Refuses with an object for a message.",
    action: rekognition,
    family: "missing-member",
    cell: "check:envelope",
    answer: inRefusals((body) => {
      body.Message = { en: String(body.Message) };
    }),
  },
  {
    id: "aws-request-id-absent",
    says: "Answers without a request id.",
    action: rekognition,
    family: "valid",
    cell: "check:request-id",
    answer: headed("x-amzn-RequestId", undefined),
  },
  {
    id: "aws-request-id-repeated",
    says: "Answers every call with the same request id.",
    action: rekognition,
    family: "valid",
    cell: "check:request-id",
    answer: headed("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000"),
  },
  {
    id: "aws-request-id-in-the-body",
    says: "Puts the request id into the body, as other protocols do.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    cell: "check:request-id",
    answer: (answer, context) =>
      editJson(headed("x-amzn-RequestId", undefined)(answer, context), (body) => {
        body.RequestId = "00000000-0000-4000-8000-000000000001";
      }),
  },
  {
    id: "aws-content-type-json",
    says: "Says application/json of its answers.",
    action: rekognition,
    family: "valid",
    cell: "check:content-type",
    answer: headed("Content-Type", "application/json"),
  },
  {
    id: "aws-body-a-list",
    says: "Answers with a list where an object is documented.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    cell: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, body: `[${answer.body}]` }),
  },
  {
    id: "aws-body-cut-short",
    says: "Leaves out the last character of its body.",
    action: "aws/rekognition/DescribeCollection",
    family: "valid",
    cell: "check:envelope",
    answer: (answer) => ({ ...answer, body: answer.body.slice(0, -1) }),
  },
];
