/** The named faults of responses and their output that an operator makes. */
import type { NamedRow } from "./row.ts";

// biome-ignore format: one fault a line
export const responseRows: readonly NamedRow[] = [
  ["account-as-number", "Returns AccountId as a number instead of a string.", "tencent/sts/GetCallerIdentity:output/AccountId/retyped"],
  ["account-left-out", "Omits AccountId.", "tencent/sts/GetCallerIdentity:output/AccountId/omitted"],
  ["number-as-text", "Returns GroupNum as a string instead of a number.", "tencent/iai/GetGroupList:output/GroupNum/retyped"],
  ["list-an-object", "Returns GroupInfos as an object instead of a list.", "tencent/iai/GetGroupList:output/GroupInfos/retyped"],
  ["im-group-id-absent", "Omits the GroupId of the new group.", "tencent/im/create_group:output/GroupId/omitted"],
  ["im-results-missing", "Answers without the list of result entries.", "tencent/im/account_delete:output/ResultItem/omitted", { detects: "check:items" }],
  ["im-results-an-object", "Answers with an object instead of the list of result entries.", "tencent/im/add_group_member:output/MemberList/retyped", { detects: "check:items" }],
];
