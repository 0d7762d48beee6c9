/** The emulator against the page of delete_group_member, statement by statement: literal calls and the documented codes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { type Body, fixedTime, imPost } from "./hand-signed-requests.ts";
import { imCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;

const groups = "group_open_http_svc";
const post = async (command: string, body: Body) => {
  const response = await imPost(emulator.url, command, body);
  return { code: imCode(response), ...JSON.parse(response.text) };
};
const expectAccepted = async (command: string, body: Body): Promise<void> =>
  expect((await post(command, body)).code).toBe("accepted");
const remove = async (body: Body): Promise<string> =>
  imCode(await imPost(emulator.url, `${groups}/delete_group_member`, body));
const newGroup = (GroupId: string, Type: string) =>
  expectAccepted(`${groups}/create_group`, { Type, Name: GroupId, GroupId });
const join = (GroupId: string, ...accounts: string[]) =>
  expectAccepted(`${groups}/add_group_member`, {
    GroupId,
    MemberList: accounts.map((Member_Account) => ({ Member_Account })),
  });
const rolesOf = async (GroupId: string, ...User_Account: string[]): Promise<string[]> => {
  const { UserIdList } = await post(`${groups}/get_role_in_group`, { GroupId, User_Account });
  return UserIdList.map((u: { Role: string }) => u.Role);
};

beforeAll(async () => {
  emulator = await startEmulator({ now: () => fixedTime });
  for (const UserID of ["tommy", "jared", "stays"])
    await expectAccepted("im_open_login_svc/account_import", { UserID });
  for (const Type of ["Public", "Private", "ChatRoom", "AVChatRoom"]) await newGroup(`of-${Type}`, Type);
  await join("of-Public", "stays");
});
afterAll(() => emulator.close());

describe("the samples", () => {
  const samples: [string, Body][] = [
    ["1", { GroupId: "@TGS#2J4SZEAEL", MemberToDel_Account: ["tommy", "jared"] }],
    ["2", { GroupId: "@TGS#2J4SZEAEL", Silence: 1, MemberToDel_Account: ["tommy", "jared"] }],
    ["3", { GroupId: "@TGS#2J4SZEAEL", Reason: "kick reason", MemberToDel_Account: ["tommy", "jared"] }],
  ];

  test.each(samples)("%s, literally, for a group that does not exist", async (_, body) => {
    expect(await remove(body)).toBe("10010");
  });

  test.each(samples)("%s, with the id of an existing group", async (_, body) => {
    await join("of-Public", "tommy", "jared");
    expect(await rolesOf("of-Public", "tommy", "jared", "stays")).toEqual(["Member", "Member", "Member"]);
    const sent = { ...body, GroupId: "of-Public" };
    const { status, text } = await imPost(emulator.url, `${groups}/delete_group_member`, sent);
    expect({ status, body: JSON.parse(text) }).toEqual({
      status: 200,
      body: { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 },
    });
    expect(await rolesOf("of-Public", "tommy", "jared", "stays")).toEqual(["NotMember", "NotMember", "Member"]);
  });
});

describe("delete_group_member accepts", () => {
  test.each(["Private", "Public", "ChatRoom"])("a group of the type %s", async (type) => {
    await join(`of-${type}`, "tommy");
    expect(await remove({ GroupId: `of-${type}`, MemberToDel_Account: ["tommy"] })).toBe("accepted");
    expect(await rolesOf(`of-${type}`, "tommy")).toEqual(["NotMember"]);
  });

  const manyAccounts = Array.from({ length: 500 }, (_, n) => `nobody${n}`);
  test.each<[string, Body]>([
    ["accounts that are not members", { MemberToDel_Account: ["tommy", "nobody"] }],
    ["500 accounts", { MemberToDel_Account: manyAccounts }],
    ["Silence 0", { MemberToDel_Account: ["tommy"], Silence: 0 }],
    ["Silence 1", { MemberToDel_Account: ["tommy"], Silence: 1 }],
    ["an empty reason", { MemberToDel_Account: ["tommy"], Reason: "" }],
    ["a reason in Chinese", { MemberToDel_Account: ["tommy"], Reason: "违规" }],
  ])("%s", async (_, body) => {
    expect(await remove({ GroupId: "of-Public", ...body })).toBe("accepted");
    expect(await rolesOf("of-Public", "stays")).toEqual(["Member"]);
  });

  test("the last account of a list of 500", async () => {
    await join("of-Public", "jared");
    expect(await remove({ GroupId: "of-Public", MemberToDel_Account: [...manyAccounts.slice(1), "jared"] })).toBe(
      "accepted",
    );
    expect(await rolesOf("of-Public", "jared")).toEqual(["NotMember"]);
  });
});

describe("delete_group_member refuses", () => {
  // Restores the member in case a defective emulator removed it in the previous case.
  beforeEach(() => join("of-Public", "stays"));
  const stays = { GroupId: "of-Public", MemberToDel_Account: ["stays"] };
  const illegal = ["10004"];
  const groupNotFound = ["10010"];
  test.each<[string, Body, readonly string[]]>([
    ["an audio-video chat room", { ...stays, GroupId: "of-AVChatRoom" }, illegal],
    ["a group that never existed", { ...stays, GroupId: "of-nobody" }, groupNotFound],
    ["an id that no group can have", { ...stays, GroupId: "群" }, ["10015"]],
    ["501 accounts", { ...stays, MemberToDel_Account: Array.from({ length: 501 }, () => "stays") }, illegal],
    ["Silence 2", { ...stays, Silence: 2 }, illegal],
    ["Silence -1", { ...stays, Silence: -1 }, illegal],
    ["Silence as a string", { ...stays, Silence: "1" }, illegal],
    ["a reason that is a number", { ...stays, Reason: 1 }, illegal],
    ["no group", { MemberToDel_Account: ["stays"] }, ["10004", "10015"]],
    ["an empty group id", { ...stays, GroupId: "" }, ["10004", "10010", "10015"]],
    ["a group id that is a number", { ...stays, GroupId: 1 }, ["10004", "10015"]],
    ["no list of accounts", { GroupId: "of-Public" }, illegal],
    ["a single account instead of a list", { ...stays, MemberToDel_Account: "stays" }, illegal],
  ])("%s, and removes no member", async (_, body, codes) => {
    expect(codes).toContain(await remove(body));
    expect(await rolesOf("of-Public", "stays")).toEqual(["Member"]);
  });

  test("a broadcasting room, which only the operator of the application can create", async () => {
    const GroupId = String(emulator.provided["broadcast-group"]);
    expect(await remove({ GroupId, MemberToDel_Account: ["tommy"] })).toBe("10004");
  });

  test("a group that was dissolved", async () => {
    await newGroup("short-lived", "Public");
    await expectAccepted(`${groups}/destroy_group`, { GroupId: "short-lived" });
    expect(await remove({ ...stays, GroupId: "short-lived" })).toBe("10010");
  });
});
