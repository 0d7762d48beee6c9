/** Faults about the envelope of the messaging service, and about the results of single entries in it. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

const im = "tencent/im";

type Hook = NonNullable<Fault["answer"]>;

const edited =
  (change: (body: Record<string, Json>) => void): Hook =>
  (answer) =>
    editJson(answer, change);

const refusals =
  (change: (answer: EmulatorResponse) => EmulatorResponse): Hook =>
  (answer, { refused }) =>
    refused ? change(answer) : answer;

/** Changes each entry of a list of results. */
const results = (list: string, change: (entry: Record<string, Json>) => Json): Hook =>
  edited((body) => {
    if (Array.isArray(body[list])) body[list] = (body[list] as Record<string, Json>[]).map(change);
  });

export const imAnswerFaults: readonly Fault[] = [
  {
    id: "im-code-as-text",
    description: "Writes ErrorCode as a text.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: edited((body) => {
      body.ErrorCode = String(body.ErrorCode);
    }),
  },
  {
    id: "im-refusal-ok",
    description: "Refuses with ActionStatus OK.",
    action: im,
    family: "missing-member",
    detects: "check:envelope",
    answer: edited((body) => {
      body.ActionStatus = "OK";
    }),
  },
  {
    id: "im-success-fail",
    description: "Accepts with ActionStatus FAIL.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: edited((body) => {
      body.ActionStatus = "FAIL";
    }),
  },
  {
    id: "im-fail-with-0",
    description: "Refuses with an ErrorCode of 0.",
    action: im,
    family: "missing-member",
    detects: "check:outcome",
    answer: edited((body) => {
      body.ErrorCode = 0;
    }),
  },
  {
    id: "im-error-info-absent",
    description: "Refuses without an ErrorInfo.",
    action: im,
    family: "missing-member",
    detects: "check:envelope",
    answer: refusals((answer) =>
      editJson(answer, (body) => {
        delete body.ErrorInfo;
      }),
    ),
  },
  {
    id: "im-error-info-a-number",
    description: "Answers with a number for an ErrorInfo.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: edited((body) => {
      body.ErrorInfo = 0;
    }),
  },
  {
    id: "im-small-letters",
    description: "Answers with members in small letters.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: (answer) => ({
      ...answer,
      body: answer.body.replace(/"(ActionStatus|ErrorCode|ErrorInfo)"/g, (name) => name.toLowerCase()),
    }),
  },
  {
    id: "im-action-status-absent",
    description: "Answers without an ActionStatus.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: edited((body) => {
      delete body.ActionStatus;
    }),
  },
  {
    id: "im-wrapped",
    description: "Answers in the envelope of Tencent Cloud.",
    action: im,
    family: "valid",
    detects: "check:envelope",
    answer: (answer) => ({ ...answer, body: `{"Response":${answer.body}}` }),
  },
  {
    id: "im-status-400",
    description: "Refuses with HTTP status 400.",
    action: im,
    family: "missing-member",
    detects: "check:status",
    answer: refusals((answer) => ({ ...answer, status: 400 })),
  },
  {
    id: "im-body-empty",
    description: "Answers with nothing where there is no output.",
    action: "tencent/im/delete_group_member",
    family: "valid",
    detects: "check:envelope",
    answer: (answer, { refused }) => (refused ? answer : { ...answer, body: "" }),
  },
  {
    id: "im-entry-failed",
    description: "Deletes an account, and says that its entry failed.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    answer: results("ResultItem", (entry) => ({ ...entry, ResultCode: 70500 })),
  },
  {
    id: "im-entry-result-a-text",
    description: "Writes the result of an entry as a text.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    answer: results("ResultItem", (entry) => ({ ...entry, ResultCode: String(entry.ResultCode) })),
  },
  {
    id: "im-entry-without-key",
    description: "Does not say of whom the result of an entry is.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:output",
    answer: results("ResultItem", ({ UserID: _, ...entry }) => entry),
  },
  {
    id: "im-result-of-another",
    description: "Tells the result of another account than the deleted one.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    answer: results("ResultItem", (entry) => ({ ...entry, UserID: "somebody" })),
  },
  {
    id: "im-results-missing",
    description: "Answers without the results of the entries.",
    action: "tencent/im/account_delete",
    family: "valid",
    detects: "check:items",
    answer: edited((body) => {
      delete body.ResultItem;
    }),
  },
  {
    id: "im-results-an-object",
    description: "Answers with an object for the results of the entries.",
    action: "tencent/im/add_group_member",
    family: "valid",
    detects: "check:items",
    answer: edited((body) => {
      if (Array.isArray(body.MemberList)) body.MemberList = { ...(body.MemberList as object) };
    }),
  },
  {
    id: "im-entry-not-added",
    description: "Adds a member, and says that its entry failed.",
    action: "tencent/im/add_group_member",
    family: "valid",
    detects: "check:items",
    answer: results("MemberList", (entry) => ({ ...entry, Result: 0 })),
  },
  {
    id: "im-role-in-capitals",
    description: "Writes roles in capital letters.",
    action: "tencent/im/get_role_in_group",
    family: "valid",
    detects: "check:output",
    answer: results("UserIdList", (entry) => ({ ...entry, Role: String(entry.Role).toUpperCase() })),
  },
  {
    id: "im-group-id-absent",
    description: "Does not say which group it made.",
    action: "tencent/im/create_group",
    family: "valid",
    detects: "check:output",
    answer: edited((body) => {
      delete body.GroupId;
    }),
  },
];
