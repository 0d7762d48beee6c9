/** Faults in the responses of tencent/im: status, body, and the result entries in it. */
import type { Json } from "../../model/index.ts";
import { editJson, type Fault } from "./fault.ts";

const im = "tencent/im";

type ResponseHook = NonNullable<Fault["response"]>;

const editBody =
  (change: (body: Record<string, Json>) => void): ResponseHook =>
  (response) =>
    editJson(response, change);

/** Edits each entry of the list of results in `member`. */
const editEntries = (member: string, change: (entry: Record<string, Json>) => Json): ResponseHook =>
  editBody((body) => {
    if (Array.isArray(body[member])) body[member] = (body[member] as Record<string, Json>[]).map(change);
  });

export const imResponseFaults: readonly Fault[] = [
  {
    id: "im-refusal-ok",
    description: "Refuses with the ActionStatus OK.",
    action: im,
    family: "missing-member",
    detects: "check:envelope",
    response: editBody((body) => {
      body.ActionStatus = "OK";
    }),
  },
  {
    id: "im-success-fail",
    description: "Answers a success with the ActionStatus FAIL.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    response: editBody((body) => {
      body.ActionStatus = "FAIL";
    }),
  },
  {
    id: "im-fail-with-0",
    description: "Refuses with an ErrorCode of 0.",
    action: im,
    family: "missing-member",
    detects: "check:outcome",
    response: editBody((body) => {
      body.ErrorCode = 0;
    }),
  },
  {
    id: "im-error-info-a-number",
    description: "Answers with an ErrorInfo that is a number.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    response: editBody((body) => {
      body.ErrorInfo = 0;
    }),
  },
  {
    id: "im-small-letters",
    description: "Writes the keys ActionStatus, ErrorCode and ErrorInfo in lower case.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    response: (response) => ({
      ...response,
      body: response.body.replace(/"(ActionStatus|ErrorCode|ErrorInfo)"/g, (name) => name.toLowerCase()),
    }),
  },
  {
    id: "im-wrapped",
    description: "Answers with the Response object of Tencent Cloud around the body.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    response: (response) => ({ ...response, body: `{"Response":${response.body}}` }),
  },
  {
    id: "im-entry-failed",
    description: "Deletes an account but reports a failure in its result entry.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    response: editEntries("ResultItem", (entry) => ({ ...entry, ResultCode: 70500 })),
  },
  {
    id: "im-entry-result-a-text",
    description: "Answers with a ResultCode that is a string in each result entry.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    response: editEntries("ResultItem", (entry) => ({ ...entry, ResultCode: String(entry.ResultCode) })),
  },
  {
    id: "im-entry-without-key",
    description: "Omits the UserID from each result entry.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:output",
    response: editEntries("ResultItem", ({ UserID: _, ...entry }) => entry),
  },
  {
    id: "im-result-of-another",
    description: "Reports the result of an account other than the deleted one.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    response: editEntries("ResultItem", (entry) => ({ ...entry, UserID: "another-account" })),
  },
  {
    id: "im-entry-not-added",
    description: "Adds a member but reports a failure in its result entry.",
    action: "tencent/im/add_group_member",
    family: "valid",
    detects: "check:items",
    response: editEntries("MemberList", (entry) => ({ ...entry, Result: 0 })),
  },
  {
    id: "im-role-in-capitals",
    description: "Writes roles in upper case.",
    action: "tencent/im/get_role_in_group",
    family: "valid",
    detects: "check:output",
    response: editEntries("UserIdList", (entry) => ({ ...entry, Role: String(entry.Role).toUpperCase() })),
  },
];
