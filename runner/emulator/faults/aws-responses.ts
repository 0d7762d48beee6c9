/** Faults about the envelope of AWS: the status, the headers, the type of an error. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

const rekognition = "aws/rekognition";

type Hook = NonNullable<Fault["answer"]>;

const refusals =
  (change: (answer: EmulatorResponse) => EmulatorResponse): Hook =>
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
    description: "Refuses with HTTP status 200.",
    action: rekognition,
    family: "missing-member",
    detects: "check:outcome",
    answer: (answer) => ({ ...answer, status: 200 }),
  },
  {
    id: "aws-not-found-404",
    description: "Refuses what is not there with HTTP status 404.",
    action: rekognition,
    family: "missing-member",
    detects: "check:status",
    answer: (answer, { refused }) =>
      refused?.code === "ResourceNotFoundException" ? { ...answer, status: 404 } : answer,
  },
  {
    id: "aws-refusal-500",
    description: "Refuses a wrong parameter with HTTP status 500.",
    action: rekognition,
    family: "boundary",
    detects: "check:status",
    answer: refusals((answer) => ({ ...answer, status: 500 })),
  },
  {
    id: "aws-success-201",
    description: "Answers a creation with HTTP status 201.",
    action: "aws/rekognition/CreateUser",
    family: "valid",
    detects: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, status: 201 }),
  },
  {
    id: "aws-refusal-without-type",
    description: "Refuses without naming the type of the error.",
    action: rekognition,
    family: "missing-member",
    detects: "check:envelope",
    answer: inRefusals((body) => {
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-in-the-message",
    description: "Names the type of an error in its message alone.",
    action: rekognition,
    family: "boundary",
    detects: "check:envelope",
    answer: inRefusals((body) => {
      body.Message = `${String(body.__type)}: ${String(body.Message)}`;
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-of-the-inside",
    description: "Names the class of its own program for the type of an error.",
    action: rekognition,
    family: "missing-member",
    detects: "check:code",
    answer: inRefusals((body) => {
      body.__type = "java.lang.IllegalArgumentException";
    }),
  },
  {
    id: "aws-message-an-object",
    description: "Refuses with an object for a message.",
    action: rekognition,
    family: "missing-member",
    detects: "check:envelope",
    answer: inRefusals((body) => {
      body.Message = { en: String(body.Message) };
    }),
  },
  {
    id: "aws-request-id-absent",
    description: "Answers without a request id.",
    action: rekognition,
    family: "valid",
    detects: "check:request-id",
    answer: headed("x-amzn-RequestId", undefined),
  },
  {
    id: "aws-request-id-repeated",
    description: "Answers every call with the same request id.",
    action: rekognition,
    family: "valid",
    detects: "check:request-id",
    answer: headed("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000"),
  },
  {
    id: "aws-request-id-in-the-body",
    description: "Puts the request id into the body, as other protocols do.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    detects: "check:request-id",
    answer: (answer, context) =>
      editJson(headed("x-amzn-RequestId", undefined)(answer, context), (body) => {
        body.RequestId = "00000000-0000-4000-8000-000000000001";
      }),
  },
  {
    id: "aws-content-type-json",
    description: "Says application/json of its answers.",
    action: rekognition,
    family: "valid",
    detects: "check:content-type",
    answer: headed("Content-Type", "application/json"),
  },
  {
    id: "aws-body-a-list",
    description: "Answers with a list where an object is documented.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    detects: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, body: `[${answer.body}]` }),
  },
  {
    id: "aws-body-cut-short",
    description: "Leaves out the last character of its body.",
    action: "aws/rekognition/DescribeCollection",
    family: "valid",
    detects: "check:envelope",
    answer: (answer) => ({ ...answer, body: answer.body.slice(0, -1) }),
  },
];
