/** Faults in calls over several items or containers: only a part is done, or the results belong to other items. */
import type { Json } from "../../../model/index.ts";
import { isRefused } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import { objectList, text, textList } from "../../services/handler.ts";
import type { ImState } from "../../services/im.ts";
import type { Fault } from "../fault.ts";
import { storeModified } from "../value-faults.ts";

const im = ({ emulator }: RequestContext) => emulator.serviceStates.get("tencent/im")?.state as ImState;

export const partialFaults: readonly Fault[] = [
  {
    id: "person-copied-to-the-first-group",
    description: "Copies a person to the first of several groups only.",
    action: "tencent/iai/CopyPerson",
    family: "situation",
    detects: "check:effect",
    execute: (next, context) => {
      const SucGroupIds = textList(context.members, "GroupIds");
      context.members = { ...context.members, GroupIds: SucGroupIds.slice(0, 1) };
      const result = next();
      return isRefused(result) ? result : { SucGroupNum: SucGroupIds.length, SucGroupIds };
    },
  },
  {
    id: "person-copied-to-one-group-only",
    description: "Refuses to copy a person to several groups.",
    action: "tencent/iai/CopyPerson",
    family: "situation",
    detects: "state:tencent/iai/CopyPerson/strict",
    extraRefusal: (members) =>
      textList(members, "GroupIds").length > 1 ? "InvalidParameterValue.GroupIdsExceed" : undefined,
  },
  ...(["first", "last"] as const).map(
    (end): Fault => ({
      id: `im-only-the-${end}-fifty-removed`,
      description: `Removes only the ${end} fifty of the given accounts.`,
      action: "tencent/im/delete_group_member",
      family: "boundary",
      detects: "check:effect",
      execute: storeModified((members) => {
        const accounts = textList(members, "MemberToDel_Account");
        return { ...members, MemberToDel_Account: end === "first" ? accounts.slice(0, 50) : accounts.slice(-50) };
      }),
    }),
  ),
  {
    id: "im-removal-ends-at-a-non-member",
    description: "Removes only the accounts before the first that is not a member.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "check:effect",
    execute: (next, context) => {
      const members = im(context).groups.get(text(context.members, "GroupId"))?.members;
      const accounts = textList(context.members, "MemberToDel_Account");
      const end = accounts.findIndex((account) => !members?.has(account));
      context.members = { ...context.members, MemberToDel_Account: end < 0 ? accounts : accounts.slice(0, end) };
      return next();
    },
  },
  {
    id: "im-only-the-first-added",
    description: "Adds only the first of the given accounts, with a result for each.",
    action: "tencent/im/add_group_member",
    family: "situation",
    detects: "check:effect",
    execute: (next, context) => {
      const MemberList = objectList(context.members, "MemberList").map((item) => ({ ...item, Result: 1 }));
      context.members = { ...context.members, MemberList: MemberList.slice(0, 1) };
      const result = next();
      return isRefused(result) || MemberList.length === 1 ? result : { MemberList };
    },
  },
  ...(
    [
      ["tencent/im/account_delete", "ResultItem", "UserID"],
      ["tencent/im/add_group_member", "MemberList", "Member_Account"],
    ] as const
  ).map(
    ([action, list, member]): Fault => ({
      id: `${action}:results-swapped`,
      description: "Returns the results of the accounts in another order than their ids.",
      action,
      family: "situation",
      detects: "check:items",
      execute: (next) => {
        const result = next();
        if (result === undefined || isRefused(result)) return result;
        const items = objectList(result, list);
        return { [list]: items.map((item, i) => ({ ...item, [member]: items.at(-1 - i)?.[member] as Json })) };
      },
    }),
  ),
];
