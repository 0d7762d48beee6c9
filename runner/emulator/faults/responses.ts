/** Faults about the envelope of Tencent Cloud: the status, the headers, the object around output or error, the request id. */
import type { Json } from "../../model/index.ts";
import type { EmulatorState } from "../emulator-state.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

const iai = "tencent/iai";
const organization = "tencent/organization";

type Hook = NonNullable<Fault["answer"]>;

/** Changes what stands under Response. */
const inside =
  (change: (response: Record<string, Json>) => void): Hook =>
  (answer) =>
    editJson(answer, (body) => {
      const { Response } = body;
      if (typeof Response === "object" && Response !== null && !Array.isArray(Response))
        change(Response as Record<string, Json>);
    });

/** Changes what stands under Response.Error. */
const inError = (change: (error: Record<string, Json>) => Json): Hook =>
  inside((response) => {
    if (response.Error) response.Error = change(response.Error as Record<string, Json>);
  });

const requestId = (value: Json | undefined): Hook =>
  inside((response) => {
    if (value === undefined) delete response.RequestId;
    else response.RequestId = value;
  });

const bodied =
  (change: (body: string) => string): Hook =>
  (answer) => ({ ...answer, body: change(answer.body) });

const status =
  (code: number): Hook =>
  (answer) => ({ ...answer, status: code });

const typed =
  (type: string | undefined): Hook =>
  ({ headers: { "Content-Type": _, ...rest }, ...answer }) => ({
    ...answer,
    headers: type === undefined ? rest : { ...rest, "Content-Type": type },
  });

const before = new WeakMap<EmulatorState, EmulatorResponse>();

/** The answer to the call before; the first call gets its own. */
const previous: Hook = (answer, { emulator }) => {
  const last = before.get(emulator) ?? answer;
  before.set(emulator, answer);
  return last;
};

export const answerFaults: readonly Fault[] = [
  {
    id: "tencent-refusal-400",
    description: "Refuses with HTTP status 400.",
    action: iai,
    family: "boundary",
    detects: "check:status",
    answer: (answer, { refused }) => (refused ? { ...answer, status: 400 } : answer),
  },
  {
    id: "status-201",
    description: "Answers a creation with HTTP status 201.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "check:status",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, status: 201 }),
  },
  {
    id: "status-204",
    description: "Answers a deletion with HTTP status 204 and nothing else.",
    action: "tencent/organization/DeleteGroup",
    family: "valid",
    detects: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, status: 204, body: "" }),
  },
  {
    id: "status-500",
    description: "Answers in its envelope under HTTP status 500.",
    action: organization,
    family: "valid",
    detects: "check:status",
    answer: status(500),
  },
  {
    id: "request-id-absent",
    description: "Answers without a RequestId.",
    action: iai,
    family: "valid",
    detects: "check:request-id",
    answer: requestId(undefined),
  },
  {
    id: "request-id-repeated",
    description: "Answers every call with the same RequestId.",
    action: iai,
    family: "valid",
    detects: "check:request-id",
    answer: requestId("00000000-0000-4000-8000-000000000000"),
  },
  {
    id: "request-id-a-number",
    description: "Answers with a number for a RequestId.",
    action: iai,
    family: "valid",
    detects: "check:request-id",
    answer: requestId(7),
  },
  {
    id: "request-id-empty",
    description: "Answers with an empty RequestId.",
    action: organization,
    family: "valid",
    detects: "check:request-id",
    answer: requestId(""),
  },
  {
    id: "request-id-missing-in-refusals",
    description: "Refuses without a RequestId.",
    action: organization,
    family: "missing-member",
    detects: "check:request-id",
    answer: inside((response) => {
      if (response.Error) delete response.RequestId;
    }),
  },
  {
    id: "content-type-html",
    description: "Says that its JSON is HTML.",
    action: iai,
    family: "valid",
    detects: "check:content-type",
    answer: typed("text/html"),
  },
  {
    id: "content-type-plain",
    description: "Says that its JSON is plain text.",
    action: organization,
    family: "valid",
    detects: "check:content-type",
    answer: typed("text/plain"),
  },
  {
    id: "content-type-absent",
    description: "Does not say of which type its answers are.",
    action: organization,
    family: "valid",
    detects: "check:content-type",
    answer: typed(undefined),
  },
  {
    id: "byte-order-mark",
    description: "Begins its body with a byte order mark.",
    action: iai,
    family: "valid",
    detects: "check:envelope",
    answer: bodied((body) => `\ufeff${body}`),
  },
  {
    id: "body-cut-short",
    description: "Leaves out the last character of its body.",
    action: iai,
    family: "valid",
    detects: "check:envelope",
    answer: bodied((body) => body.slice(0, -1)),
  },
  {
    id: "body-with-a-tail",
    description: "Goes on behind its JSON.",
    action: organization,
    family: "valid",
    detects: "check:envelope",
    answer: bodied((body) => `${body};`),
  },
  {
    id: "body-twice",
    description: "Writes its JSON twice.",
    action: organization,
    family: "valid",
    detects: "check:envelope",
    answer: bodied((body) => body + body),
  },
  {
    id: "body-empty",
    description: "Answers with nothing where there is no output.",
    action: "tencent/organization/AddUserToGroup",
    family: "valid",
    detects: "check:envelope",
    answer: bodied(() => ""),
  },
  {
    id: "body-html",
    description: "Answers with a page of HTML.",
    action: "tencent/iai/GetGroupList",
    family: "valid",
    detects: "check:envelope",
    answer: bodied(() => "<!DOCTYPE html><title>Bad Gateway</title>"),
  },
  {
    id: "response-missing",
    description: "Answers without the object around its output.",
    action: iai,
    family: "valid",
    detects: "check:envelope",
    answer: (answer) => ({ ...answer, body: JSON.stringify((JSON.parse(answer.body) as { Response: Json }).Response) }),
  },
  {
    id: "response-a-list",
    description: "Puts its answer into a list.",
    action: organization,
    family: "valid",
    detects: "check:envelope",
    answer: (answer) =>
      editJson(answer, (body) => {
        body.Response = [body.Response as Json];
      }),
  },
  {
    id: "response-null",
    description: "Answers with null where there is no output.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "valid",
    detects: "check:envelope",
    answer: (answer, { refused }) =>
      refused
        ? answer
        : editJson(answer, (body) => {
            body.Response = null;
          }),
  },
  {
    id: "response-twice-around",
    description: "Puts the object around its output twice.",
    action: "tencent/iai/CopyPerson",
    family: "valid",
    detects: "check:envelope",
    answer: (answer) =>
      editJson(answer, (body) => {
        body.Response = { Response: body.Response as Json };
      }),
  },
  {
    id: "error-null",
    description: "Answers a success with an Error of null.",
    action: "tencent/iai/DeleteGroup",
    family: "valid",
    detects: "check:envelope",
    answer: inside((response) => {
      response.Error ??= null;
    }),
  },
  {
    id: "error-beside-output",
    description: "Answers a success with an empty Error beside its output.",
    action: "tencent/organization/GetGroup",
    family: "valid",
    detects: "check:envelope",
    answer: inside((response) => {
      response.Error ??= { Code: "", Message: "" };
    }),
  },
  {
    id: "error-without-message",
    description: "Refuses without a Message.",
    action: iai,
    family: "missing-member",
    detects: "check:envelope",
    answer: inError(({ Code }) => ({ Code: Code ?? null })),
  },
  {
    id: "error-a-text",
    description: "Refuses with a text for an Error.",
    action: organization,
    family: "missing-member",
    detects: "check:envelope",
    answer: inError(({ Code }) => Code ?? null),
  },
  {
    id: "error-in-small-letters",
    description: "Refuses with members in small letters.",
    action: "tencent/iai/GetPersonList",
    family: "missing-member",
    detects: "check:envelope",
    answer: inError(({ Code, Message }) => ({ code: Code ?? null, message: Message ?? null })),
  },
  {
    id: "error-code-a-number",
    description: "Refuses with a number for a Code.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    detects: "check:envelope",
    answer: inError((error) => ({ ...error, Code: 4000 })),
  },
  {
    id: "error-message-null",
    description: "Refuses with a Message of null.",
    action: "tencent/iai/GetPersonGroupInfo",
    family: "missing-member",
    detects: "check:envelope",
    answer: inError((error) => ({ ...error, Message: null })),
  },
  {
    id: "answer-of-another-call",
    description: "Gives each call the answer of the one before.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:outcome",
    answer: previous,
  },
];
