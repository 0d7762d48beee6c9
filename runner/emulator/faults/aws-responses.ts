/** Faults in the responses of AWS: status, headers, body, error type, request id. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

const rekognition = "aws/rekognition";

type ResponseHook = NonNullable<Fault["response"]>;

const editRefusal =
  (change: (response: EmulatorResponse) => EmulatorResponse): ResponseHook =>
  (response, { refusal }) =>
    refusal ? change(response) : response;

const editRefusalBody = (change: (body: Record<string, Json>) => void): ResponseHook =>
  editRefusal((response) => editJson(response, change));

const withHeader =
  (name: string, value: string | undefined): ResponseHook =>
  (response) => {
    const { [name]: _, ...rest } = response.headers;
    return { ...response, headers: value === undefined ? rest : { ...rest, [name]: value } };
  };

/** In place of the right code, where a client looks for it first. */
const CONTRADICTION = "InternalServerError";

const placeFault = (id: string, description: string, response: ResponseHook): Fault => ({
  id,
  description,
  action: rekognition,
  family: "missing-member",
  detects: "check:code-places",
  onlyWarning: true,
  response,
});

const codePlaceFaults: readonly Fault[] = [
  placeFault(
    "aws-header-contradicts-type",
    "Has another code in the header X-Amzn-ErrorType than in __type.",
    editRefusal((response) => ({ ...response, headers: { ...response.headers, "X-Amzn-ErrorType": CONTRADICTION } })),
  ),
  placeFault(
    "aws-code-contradicts-type",
    "Has another code in the member code than in __type.",
    editRefusalBody((body) => {
      body["code"] = CONTRADICTION;
    }),
  ),
  placeFault(
    "aws-capital-code-contradicts-type",
    "Has another code in the member Code than in __type.",
    editRefusalBody((body) => {
      body["Code"] = CONTRADICTION;
    }),
  ),
  placeFault(
    "aws-code-without-type",
    "Has the code of a refusal in the member code only.",
    editRefusalBody((body) => {
      body["code"] = body["__type"] as Json;
      delete body["__type"];
      delete body["Code"];
    }),
  ),
];

export const awsResponseFaults: readonly Fault[] = [
  ...codePlaceFaults,
  {
    id: "aws-success-with-members",
    description: "Has an object with a member as the body of a success that has an empty body.",
    action: "aws/rekognition/DeleteUser",
    family: "valid",
    detects: "check:output",
    response: (response, { refusal }) =>
      refusal || response.body !== "" ? response : { ...response, body: '{"Success":false}' },
  },
  {
    id: "aws-refusal-200",
    description: "Refuses with HTTP status 200.",
    action: rekognition,
    family: "missing-member",
    detects: "check:outcome",
    response: (response) => ({ ...response, status: 200 }),
  },
  {
    id: "aws-not-found-404",
    description: "Refuses an unknown resource with HTTP status 404.",
    action: rekognition,
    family: "missing-member",
    detects: "check:status",
    response: (response, { refusal }) =>
      refusal?.code === "ResourceNotFoundException" ? { ...response, status: 404 } : response,
  },
  {
    id: "aws-refusal-500",
    description: "Refuses with HTTP status 500.",
    action: rekognition,
    family: "boundary",
    detects: "check:status",
    response: editRefusal((response) => ({ ...response, status: 500 })),
  },
  {
    id: "aws-refusal-without-type",
    description: "Refuses without an error type.",
    action: rekognition,
    family: "missing-member",
    detects: "check:envelope",
    response: editRefusalBody((body) => {
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-in-the-message",
    description: "Writes the error type into the message instead of __type.",
    action: rekognition,
    family: "boundary",
    detects: "check:envelope",
    response: editRefusalBody((body) => {
      body.Message = `${String(body.__type)}: ${String(body.Message)}`;
      delete body.__type;
      delete body.Code;
    }),
  },
  {
    id: "aws-type-of-the-inside",
    description: "Refuses with the name of an internal Java class as the error type.",
    action: rekognition,
    family: "missing-member",
    detects: "check:code",
    response: editRefusalBody((body) => {
      body.__type = "java.lang.IllegalArgumentException";
    }),
  },
  {
    id: "aws-message-an-object",
    description: "Refuses with a Message that is an object.",
    action: rekognition,
    family: "missing-member",
    detects: "check:envelope",
    response: editRefusalBody((body) => {
      body.Message = { en: String(body.Message) };
    }),
  },
  {
    id: "aws-content-type-json",
    description: "Answers with the Content-Type application/json.",
    action: rekognition,
    family: "valid",
    detects: "check:content-type",
    response: withHeader("Content-Type", "application/json"),
  },
];
