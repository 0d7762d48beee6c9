/** Every fault is one of its kind and shows in at least one answer. */
import { describe, expect, it } from "vitest";
import type { HttpRequest, Members } from "../model.ts";
import { builtInSpecs } from "../spec/folder.ts";
import { loadSpecs } from "../spec/load.ts";
import { type Caller, callerOf } from "./caller.ts";
import { faults, faultsNamed } from "./faults.ts";
import { given } from "./keys.ts";

const specs = loadSpecs(builtInSpecs());
type Step = [id: string, members: Members, binding?: string, tamper?: (r: HttpRequest) => HttpRequest];

const group = "tencent/iai/CreateGroup";
const named = (n: number, more: Members = {}): Step => [group, { GroupName: `name-${n}`, GroupId: `id-${n}`, ...more }];
const zone = { ZoneId: given.zone };
const user = { CollectionId: "c", UserId: "u" };
const token = { ClientRequestToken: "t" };
const forged = (r: HttpRequest): HttpRequest => ({ ...r, body: `${r.body as string} ` });

/** One of everything that a fault may judge otherwise; the order matters, since the calls build on one another. */
const script: Step[] = [
  named(1),
  named(1, { GroupName: "other" }),
  named(1, { GroupId: "other" }),
  named(2, { GroupId: "x".repeat(65) }),
  named(3, { GroupName: "x".repeat(61) }),
  named(4, { GroupName: "中".repeat(60) }),
  named(6, { GroupExDescriptions: ["x".repeat(31)] }),
  named(7, { GroupExDescriptions: [..."abcdef"] }),
  named(8, { GroupExDescriptions: ["a", "a"] }),
  named(9, { GroupId: "a!b" }),
  named(10, { GroupName: "a!" }),
  named(11, { GroupId: " a " }),
  named(12, { GroupName: "" }),
  named(13, { GroupName: null }),
  named(15, { GroupName: 7 }),
  named(16, { Nobodys: "x" }),
  [group, { GroupId: "nameless" }],
  [group, { GroupName: "v1", GroupId: "v1" }, "v1-get-sha256"],
  [group, { GroupName: "forged", GroupId: "forged" }, "tc3-post", forged],
  ["tencent/iai/GetGroupList", {}],
  named(14),
  ["tencent/iai/CreatePerson", { GroupId: "id-1", PersonName: "p", PersonId: "p", Image: given["face-image"] }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "nowhere", PersonId: "p" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-14", PersonId: "p" }],
  ["tencent/iai/DeletePersonFromGroup", { GroupId: "id-1", PersonId: "p" }],
  ["tencent/iai/GetPersonGroupInfo", { PersonId: "p" }],
  ["tencent/organization/CreateGroup", { ...zone, GroupName: "g" }],
  ["tencent/organization/CreateGroup", { ...zone, GroupName: "h", Description: "\u{20000}".repeat(1024) }],
  ["tencent/organization/CreateUser", { ...zone, UserName: "u" }],
  ["tencent/organization/AddUserToGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-000000000002" }],
  ["tencent/organization/RemoveUserFromGroup", { ...zone, GroupId: given["synchronized-group"], UserId: "u-1" }],
  ["tencent/organization/RemoveUserFromGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-1" }],
  ["tencent/organization/RemoveUserFromGroup", { ...zone, GroupId: "g-000000000000", UserId: "u-000000000002" }],
  ["tencent/organization/ListGroupMembers", { ...zone, GroupId: "g-000000000000" }],
  ["tencent/im/account_import", { UserID: "a" }],
  ["tencent/im/create_group", { Type: "Public", Name: "中".repeat(11), GroupId: "long" }],
  ["tencent/im/create_group", { Type: "Public", Name: "n", GroupId: "g" }],
  ["tencent/im/create_group", { Type: "AVChatRoom", Name: "n", GroupId: "live" }],
  ["tencent/im/add_group_member", { GroupId: "g", MemberList: [{ Member_Account: "a" }] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Reason: "kick reason" }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: ["a"], Silence: 2 }],
  ["tencent/im/delete_group_member", { GroupId: "live", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "nowhere", MemberToDel_Account: ["a"] }],
  ["tencent/im/delete_group_member", { GroupId: "g", MemberToDel_Account: Array.from({ length: 501 }, String) }],
  ["tencent/im/get_role_in_group", { GroupId: "g", User_Account: ["a"] }],
  ["aws/rekognition/CreateCollection", { CollectionId: "c" }],
  ["aws/rekognition/CreateUser", user],
  ["aws/rekognition/CreateUser", { ...user, UserId: "v" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "nobody" }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "x".repeat(129) }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, ...token }],
  ["aws/rekognition/DeleteUser", { ...user, UserId: "v", ...token }],
  ["aws/rekognition/ListUsers", { CollectionId: "c" }],
];

const answers = ({ call }: Caller): string[] => script.map((step) => JSON.stringify(call(...step)));

describe("faults", () => {
  const healthy = answers(callerOf(specs));

  it("have ids of their own and name what they deviate in", () => {
    expect(new Set(faults.map((f) => f.id)).size).toBe(faults.length);
    const places = [...specs.actions.keys()];
    for (const { action } of faults)
      expect(places.some((id) => id === action || id.startsWith(`${action}/`))).toBe(true);
  });

  it("are not there unless they are asked for", () => {
    expect(answers(callerOf(specs))).toEqual(healthy);
  });

  it.each(faults.map((f) => [f.id, f] as const))("%s shows, and only where it says", (id, { action }) => {
    const differing = answers(callerOf(specs, { faults: [id] }))
      .map((answer, i) => ({ answer, was: healthy[i], of: script[i]?.[0] ?? "" }))
      .filter(({ answer, was }) => answer !== was);
    expect(differing.length).toBeGreaterThan(0);
    const service = action.split("/").slice(0, 2).join("/");
    expect(differing.every(({ of }) => of.startsWith(service))).toBe(true);
  });

  it("that do not exist are refused with those that are near", () => {
    expect(() => faultsNamed(["request-id-absend"])).toThrow(
      /no fault "request-id-absend"; did you mean request-id-absent/,
    );
    expect(() => faultsNamed(["?"])).toThrow(/there are /);
  });
});
