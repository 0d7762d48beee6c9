/** Calls with a list that act on a part of it, and results that belong to another item. */
import type { CallMembers } from "../../../../runner/model/index.ts";
import type { ServerHooks } from "../hooks.ts";
import { changedCalls, changedList, globsOf, type ListEntry, mutationsOf } from "./mutation.ts";

/** Acts on the chosen items and answers as if it had acted on all of them. */
const actingOn = (
  names: string,
  member: string,
  choose: (items: ListEntry[]) => ListEntry[],
  output: (input: CallMembers) => CallMembers,
): Partial<ServerHooks> =>
  changedCalls(names, (call, proceed) => {
    const items = call.input[member] as ListEntry[];
    const answer = proceed({ ...call, input: { ...call.input, [member]: choose(items) } });
    return "output" in answer ? { output: output(call.input) } : answer;
  });

const copied = ({ GroupIds }: CallMembers): CallMembers => ({
  SucGroupNum: (GroupIds as string[]).length,
  SucGroupIds: GroupIds as string[],
});
const added = ({ MemberList }: CallMembers): CallMembers => ({
  MemberList: (MemberList as ListEntry[]).map((item) => ({ ...item, Result: 1 })),
});
const deleted = ({ DeleteItem }: CallMembers): CallMembers => ({
  ResultItem: (DeleteItem as ListEntry[]).map((item) => ({ ...item, ResultCode: 0, ResultInfo: "" })),
});

const copy = globsOf("iai CopyPerson");
const members = globsOf("im delete_group_member add_group_member");
const accounts = globsOf("im account_delete");

export const partialMutations = [
  ...mutationsOf("partial-acts", copy, {
    "copy-to-first-only": [
      () => actingOn("iai CopyPerson", "GroupIds", (items) => items.slice(0, 1), copied),
      ["tencent/iai/CopyPerson/**"],
    ],
    "copy-to-last-only": [
      () => actingOn("iai CopyPerson", "GroupIds", (items) => items.slice(-1), copied),
      ["tencent/iai/CopyPerson/**"],
    ],
    "copy-before-a-refusal": [
      () =>
        changedCalls("iai CopyPerson", (call, proceed) => {
          for (const id of call.input["GroupIds"] as string[])
            proceed({ ...call, input: { ...call.input, GroupIds: [id] } });
          return proceed(call);
        }),
    ],
  }),
  ...mutationsOf("partial-acts", members, {
    "removal-of-first-only": [
      () =>
        actingOn(
          "im delete_group_member",
          "MemberToDel_Account",
          (items) => items.slice(0, 1),
          () => ({}),
        ),
    ],
    "removal-of-last-only": [
      () =>
        actingOn(
          "im delete_group_member",
          "MemberToDel_Account",
          (items) => items.slice(-1),
          () => ({}),
        ),
    ],
    "removal-of-first-100-only": [
      () =>
        actingOn(
          "im delete_group_member",
          "MemberToDel_Account",
          (items) => items.slice(0, 100),
          () => ({}),
        ),
    ],
    "removal-of-last-100-only": [
      () =>
        actingOn(
          "im delete_group_member",
          "MemberToDel_Account",
          (items) => items.slice(-100),
          () => ({}),
        ),
    ],
    "addition-of-first-only": [
      () => actingOn("im add_group_member", "MemberList", (items) => items.slice(0, 1), added),
    ],
    "addition-results-swapped": [
      () =>
        changedList("im add_group_member", "MemberList", (entries) =>
          entries.map((entry, index) => ({ ...entry, Result: entries[entries.length - 1 - index]?.["Result"] ?? 0 })),
        ),
    ],
    "addition-result-2-for-new-members": [
      () =>
        changedList("im add_group_member", "MemberList", (entries) =>
          entries.map((entry) => ({ ...entry, Result: 2 })),
        ),
    ],
    "addition-result-1-for-members": [
      () =>
        changedList("im add_group_member", "MemberList", (entries) =>
          entries.map((entry) => ({ ...entry, Result: 1 })),
        ),
    ],
    "addition-results-without-last": [
      () => changedList("im add_group_member", "MemberList", (entries) => entries.slice(0, -1)),
    ],
  }),
  ...mutationsOf("partial-acts", accounts, {
    "deletion-of-first-account-only": [
      () => actingOn("im account_delete", "DeleteItem", (items) => items.slice(0, 1), deleted),
    ],
    "deletion-of-no-account": [() => changedCalls("im account_delete", ({ input }) => ({ output: deleted(input) }))],
    "deletion-result-0-for-unknown": [
      () =>
        changedList("im account_delete", "ResultItem", (entries) =>
          entries.map((entry) => ({ ...entry, ResultCode: 0, ResultInfo: "" })),
        ),
    ],
    "deletion-result-70107-for-all": [
      () =>
        changedList("im account_delete", "ResultItem", (entries) =>
          entries.map((entry) => ({ ...entry, ResultCode: 70107, ResultInfo: "Err" })),
        ),
    ],
    "deletion-results-of-another-account": [
      () =>
        changedList("im account_delete", "ResultItem", (entries) =>
          entries.map((entry) => ({ ...entry, UserID: "administrator" })),
        ),
    ],
  }),
];
