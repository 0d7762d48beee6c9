/** The emulator against the page of RemoveUserFromGroup, statement by statement: literal calls and the documented codes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { type Body, fixedTime, type TencentService, tc3Get, tc3Post, v1Send } from "./hand-signed-requests.ts";
import { cloudCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let organization: TencentService;
let ZoneId: string;
/** Two groups, a member of each (`member`, `elsewhere`), and a user of no group (`loner`). */
const ids = { group: "", member: "", other: "", elsewhere: "", loner: "" };

const call = async (action: string, body: Body) => {
  const response = await tc3Post(organization, action, body);
  return { code: cloudCode(response), ...JSON.parse(response.text).Response };
};
const newGroup = async (GroupName: string): Promise<string> =>
  (await call("CreateGroup", { ZoneId, GroupName })).GroupInfo.GroupId;
const newUser = async (UserName: string): Promise<string> =>
  (await call("CreateUser", { ZoneId, UserName })).UserInfo.UserId;
const addUser = async (GroupId: string, UserId: string) =>
  expect((await call("AddUserToGroup", { ZoneId, GroupId, UserId })).code).toBe("accepted");
const membersOf = async (GroupId: string): Promise<string[]> => {
  const { GroupMembers } = await call("ListGroupMembers", { ZoneId, GroupId });
  return GroupMembers.map((m: { UserId: string }) => m.UserId);
};

beforeAll(async () => {
  emulator = await startEmulator({ now: () => fixedTime });
  organization = { url: emulator.url, scope: "organization", version: "2021-03-31" };
  ZoneId = String(emulator.provided["zone"]);
  ids.group = await newGroup("group");
  ids.other = await newGroup("other");
  ids.member = await newUser("member");
  ids.elsewhere = await newUser("elsewhere");
  ids.loner = await newUser("loner");
  await addUser(ids.group, ids.member);
  await addUser(ids.other, ids.elsewhere);
});
afterAll(() => emulator.close());

const remove = async (body: Body): Promise<string> =>
  cloudCode(await tc3Post(organization, "RemoveUserFromGroup", body));

describe("the sample", () => {
  const printed = { ZoneId: "z-d83n8sn3", GroupId: "g-du3n83nd", UserId: "u-sd823ns82n" };

  test("literally, for a space that does not exist", async () => {
    expect(await remove(printed)).toBe("FailedOperation.ZoneIdNotExist");
  });

  test("with ids of existing resources", async () => {
    const UserId = await newUser("sample");
    await addUser(ids.group, UserId);
    const response = await tc3Post(organization, "RemoveUserFromGroup", { ZoneId, GroupId: ids.group, UserId });
    expect(cloudCode(response)).toBe("accepted");
    expect(JSON.parse(response.text)).toEqual({ Response: { RequestId: expect.stringMatching(/./) } });
    expect(await membersOf(ids.group)).toEqual([ids.member]);
  });
});

describe("RemoveUserFromGroup", () => {
  test("removes the user from this group only, with every signature method", async () => {
    const UserId = await newUser("of-two");
    await addUser(ids.other, UserId);
    const pairs = { ZoneId, GroupId: ids.group, UserId };
    const v1 = { ...pairs, Action: "RemoveUserFromGroup", Version: "2021-03-31" };
    const requests = [
      () => tc3Get(organization, "RemoveUserFromGroup", pairs),
      () => v1Send("GET", emulator.url, v1),
      () => v1Send("GET", emulator.url, { ...v1, SignatureMethod: "HmacSHA256" }),
      () => v1Send("POST", emulator.url, v1),
      () => v1Send("POST", emulator.url, { ...v1, SignatureMethod: "HmacSHA256" }),
    ];
    for (const send of requests) {
      await addUser(ids.group, UserId);
      expect(cloudCode(await send())).toBe("accepted");
      expect(await membersOf(ids.group)).toEqual([ids.member]);
      expect(cloudCode(await send())).toBe("InvalidParameter.GroupUserNotExist");
    }
    expect(await membersOf(ids.other)).toContain(UserId);
  });

  const member = () => ({ ZoneId, GroupId: ids.group, UserId: ids.member });
  const without = (name: "ZoneId" | "GroupId" | "UserId") => {
    const { [name]: _, ...rest } = member();
    return rest;
  };
  test.each<[string, () => Body, string]>([
    ["no space", () => without("ZoneId"), "MissingParameter"],
    ["no group", () => without("GroupId"), "MissingParameter"],
    ["no user", () => without("UserId"), "MissingParameter"],
    ["a space that is a number", () => ({ ...member(), ZoneId: 1 }), "InvalidParameter"],
    ["an undeclared parameter", () => ({ ...member(), Force: true }), "UnknownParameter"],
    ["an unknown space", () => ({ ...member(), ZoneId: "z-zzzzzzzzzzzz" }), "FailedOperation.ZoneIdNotExist"],
    ["an unknown group", () => ({ ...member(), GroupId: "g-zzzzzzzzzzzz" }), "InvalidParameter.GroupNotExist"],
    ["a user of another group", () => ({ ...member(), UserId: ids.elsewhere }), "InvalidParameter.GroupUserNotExist"],
    ["a user of no group", () => ({ ...member(), UserId: ids.loner }), "InvalidParameter.GroupUserNotExist"],
    ["an unknown user", () => ({ ...member(), UserId: "u-zzzzzzzzzzzz" }), "InvalidParameter.GroupUserNotExist"],
    [
      "a synchronized group",
      () => ({ ZoneId, GroupId: String(emulator.provided["synchronized-group"]), UserId: ids.loner }),
      "FailedOperation.SynchronizedGroupNotRemoveUser",
    ],
  ])("refuses %s, and removes no user", async (_, body, code) => {
    expect(await remove(body())).toBe(code);
    expect(await membersOf(ids.group)).toEqual([ids.member]);
    expect(await membersOf(ids.other)).toContain(ids.elsewhere);
  });

  test("refuses a group that was deleted", async () => {
    const GroupId = await newGroup("short-lived");
    expect((await call("DeleteGroup", { ZoneId, GroupId })).code).toBe("accepted");
    expect(await remove({ ZoneId, GroupId, UserId: ids.loner })).toBe("InvalidParameter.GroupNotExist");
  });
});
