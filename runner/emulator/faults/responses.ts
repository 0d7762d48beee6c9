/** Faults in the responses of Tencent Cloud: status, headers, body, Response object, error, request id. */
import type { Json } from "../../model/index.ts";
import type { EmulatorState } from "../emulator-state.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

const iai = "tencent/iai";
const organization = "tencent/organization";

type ResponseHook = NonNullable<Fault["response"]>;

/** Edits the Response object of the body. */
const editResponseObject =
  (change: (responseObject: Record<string, Json>) => void): ResponseHook =>
  (response) =>
    editJson(response, (body) => {
      const { Response } = body;
      if (typeof Response === "object" && Response !== null && !Array.isArray(Response))
        change(Response as Record<string, Json>);
    });

/** Replaces Response.Error in the body. */
const editErrorObject = (change: (error: Record<string, Json>) => Json): ResponseHook =>
  editResponseObject((responseObject) => {
    if (responseObject.Error) responseObject.Error = change(responseObject.Error as Record<string, Json>);
  });

const withStatus =
  (code: number): ResponseHook =>
  (response) => ({ ...response, status: code });

const previousResponses = new WeakMap<EmulatorState, EmulatorResponse>();

/** Returns the response to the previous call; the first call gets its own. */
const respondWithPrevious: ResponseHook = (response, { emulator }) => {
  const previous = previousResponses.get(emulator) ?? response;
  previousResponses.set(emulator, response);
  return previous;
};

export const responseFaults: readonly Fault[] = [
  {
    id: "status-204",
    description: "Answers a deletion with HTTP status 204 and an empty body.",
    action: "tencent/organization/DeleteGroup",
    family: "valid",
    detects: "check:envelope",
    response: (response, { refusal }) => (refusal ? response : { ...response, status: 204, body: "" }),
  },
  {
    id: "status-500",
    description: "Answers every call with HTTP status 500 and the usual body.",
    action: organization,
    family: "valid",
    detects: "check:status",
    response: withStatus(500),
  },
  {
    id: "response-missing",
    description: "Answers without the Response object around the output.",
    action: iai,
    family: "valid",
    detects: "check:envelope",
    response: (response) => ({
      ...response,
      body: JSON.stringify((JSON.parse(response.body) as { Response: Json }).Response),
    }),
  },
  {
    id: "response-null",
    description: "Answers a success with a Response of null.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "valid",
    detects: "check:envelope",
    response: (response, { refusal }) =>
      refusal
        ? response
        : editJson(response, (body) => {
            body.Response = null;
          }),
  },
  {
    id: "response-twice-around",
    description: "Answers with a Response object inside the Response object.",
    action: "tencent/iai/CopyPerson",
    family: "valid",
    detects: "check:envelope",
    response: (response) =>
      editJson(response, (body) => {
        body.Response = { Response: body.Response as Json };
      }),
  },
  {
    id: "error-null",
    description: "Answers a success with an Error of null.",
    action: "tencent/iai/DeleteGroup",
    family: "valid",
    detects: "check:envelope",
    response: editResponseObject((responseObject) => {
      responseObject.Error ??= null;
    }),
  },
  {
    id: "error-beside-output",
    description: "Answers a success with an empty Error in addition to the output.",
    action: "tencent/organization/GetGroup",
    family: "valid",
    detects: "check:envelope",
    response: editResponseObject((responseObject) => {
      responseObject.Error ??= { Code: "", Message: "" };
    }),
  },
  {
    id: "error-a-text",
    description: "Refuses with an Error that is a string.",
    action: organization,
    family: "missing-member",
    detects: "check:envelope",
    response: editErrorObject(({ Code }) => Code ?? null),
  },
  {
    id: "error-in-small-letters",
    description: "Refuses with an Error whose keys are code and message instead of Code and Message.",
    action: "tencent/iai/GetPersonList",
    family: "missing-member",
    detects: "check:envelope",
    response: editErrorObject(({ Code, Message }) => ({ code: Code ?? null, message: Message ?? null })),
  },
  {
    id: "error-message-null",
    description: "Refuses with a Message of null.",
    action: "tencent/iai/GetPersonGroupInfo",
    family: "missing-member",
    detects: "check:envelope",
    response: editErrorObject((error) => ({ ...error, Message: null })),
  },
  {
    id: "answer-of-another-call",
    description: "Answers each call with the response to the previous call.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:outcome",
    response: respondWithPrevious,
  },
];
