/** The emulator against the two pages of the face library, statement by statement: literal calls and the documented codes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import {
  type Body,
  fixedTime,
  type Pairs,
  type TencentService,
  tc3Get,
  tc3Post,
  v1Send,
} from "./hand-signed-requests.ts";
import { cloudCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let iai: TencentService;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => fixedTime });
  iai = { url: emulator.url, scope: "iai", version: "2018-03-01" };
});
afterAll(() => emulator.close());

const post = async (action: string, body: Body): Promise<string> => cloudCode(await tc3Post(iai, action, body));
const resourceCounts = () => emulator.state()["tencent/iai"];
/** A group whose name is its id. */
const group = (id: string, extra: Body = {}): Body => ({ GroupName: id, GroupId: id, ...extra });
const expectAccepted = async (action: string, body: Body): Promise<void> =>
  expect(await post(action, body)).toBe("accepted");
const createPerson = (GroupId: string, PersonId: string) =>
  expectAccepted("CreatePerson", { GroupId, PersonId, PersonName: "Ming", Image: emulator.provided["face-image"] });

/** A printed sample, without its address and placeholders → its pairs. */
const pairsOf = (printed: string): Pairs =>
  Object.fromEntries(
    printed.split("\n&").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
const successBody = { Response: { RequestId: expect.stringMatching(/./) } };
const refusalBody = (Code: string) => ({
  Response: { Error: { Code, Message: expect.any(String) }, RequestId: expect.stringMatching(/./) },
});

const created1 = `Action=CreateGroup
&GroupName=Tencent Employees in Shenzhen
&GroupId=TencentShenZhenEmployee
&Tag=Excluding interns
&GroupExDescriptions.0=Division
&GroupExDescriptions.1=Department name
&GroupExDescriptions.2=Team name
&Version=2018-03-01`;
const created2 = `Action=CreateGroup
&GroupName=Dormitory Building #1, Zhuyuan Campus, XX University
&GroupId=ZhuYuanDormitoryNo1
&Tag=All girls
&GroupExDescriptions.0=School name
&GroupExDescriptions.1=Major
&GroupExDescriptions.2=Grade
&GroupExDescriptions.3=Student ID
&Version=2018-03-01`;
const created3 = `Action=CreateGroup
&GroupName=Tencent Employees in Shenzhen
&GroupId=TencentShenZhenEmployee
&Version=2018-03-01`;
const created4 = `Action=CreateGroup
&GroupName=Tencent Employees in Shenzhen
&GroupId=Tencent Employees in Shenzhen
&Version=2018-03-01`;
const removed1 = `Action=DeletePersonFromGroup
&PersonId=1001
&GroupId=TencentShenZhenEmployee
&Version=2018-03-01`;
const removed2 = `Action=DeletePersonFromGroup
&PersonId=3001
&GroupId=ZhuYuanDormitoryNo1
&Version=2018-03-01`;

test("the samples of both pages, in order", async () => {
  const bodyFor = async (printed: string) => JSON.parse((await v1Send("GET", emulator.url, pairsOf(printed))).text);
  expect(await bodyFor(created1)).toEqual(successBody);
  expect(await bodyFor(created2)).toEqual(successBody);
  expect(await bodyFor(created3)).toEqual(refusalBody("InvalidParameterValue.GroupIdAlreadyExist"));
  expect(await bodyFor(created4)).toEqual(refusalBody("InvalidParameterValue.GroupIdIllegal"));
  await createPerson("TencentShenZhenEmployee", "1001");
  await createPerson("TencentShenZhenEmployee", "3001");
  expect(await bodyFor(removed1)).toEqual(successBody);
  expect(await bodyFor(removed2)).toEqual(refusalBody("FailedOperation.GroupPersonMapNotExist"));
  const list = await tc3Post(iai, "GetGroupList", {});
  expect(JSON.parse(list.text).Response.GroupInfos).toMatchObject([
    {
      GroupId: "TencentShenZhenEmployee",
      GroupName: "Tencent Employees in Shenzhen",
      Tag: "Excluding interns",
      GroupExDescriptions: ["Division", "Department name", "Team name"],
    },
    { GroupId: "ZhuYuanDormitoryNo1", GroupExDescriptions: ["School name", "Major", "Grade", "Student ID"] },
  ]);
});

test("each response has its own request id", async () => {
  const responses = await Promise.all([1, 2, 3].map(() => tc3Post(iai, "GetGroupList", {})));
  expect(new Set(responses.map(({ text }) => JSON.parse(text).Response.RequestId)).size).toBe(3);
});

const han = (n: number): string => "庫".repeat(n);

describe("CreateGroup accepts", () => {
  test.each<[string, Body]>([
    ["a name of 1 character", group("name-1", { GroupName: "n" })],
    ["a name of 60 characters", group("name-60", { GroupName: "n".repeat(60) })],
    ["a name of 60 Chinese characters, which are 180 bytes", group("name-60-han", { GroupName: han(60) })],
    ["a name with every allowed class of characters", group("name-all", { GroupName: "人员库-Az_09" })],
    ["an id of 1 byte", group("i")],
    ["an id of 64 bytes", group("id-64", { GroupId: "i".repeat(64) })],
    ["an id with every allowed class of characters", group("id-all", { GroupId: "Az09-%@#&_" })],
    ["5 descriptions", group("ex-5", { GroupExDescriptions: ["学号", "b", "c-", "d_", "5"] })],
    ["a description of 30 characters", group("ex-30", { GroupExDescriptions: ["d".repeat(30)] })],
    ["a description of 30 Chinese characters", group("ex-30-han", { GroupExDescriptions: [han(30)] })],
    ["the same description in two groups", group("ex-other", { GroupExDescriptions: [han(30)] })],
    ["an empty tag", group("tag-0", { Tag: "" })],
    ["a tag of 40 characters", group("tag-40", { Tag: "t".repeat(40) })],
    ["a tag of 40 Chinese characters", group("tag-40-han", { Tag: han(40) })],
    ["the same tag on two groups", group("tag-other", { Tag: han(40) })],
  ])("%s", async (_, body) => {
    const before = resourceCounts()?.["groups"] ?? 0;
    expect(await post("CreateGroup", body)).toBe("accepted");
    expect(resourceCounts()?.["groups"]).toBe(before + 1);
  });

  test("the same with the other signature methods", async () => {
    const all = { GroupName: han(60), GroupId: "-%@#&_", Tag: "-", "GroupExDescriptions.0": "学号" };
    const v1Pairs = { ...all, Action: "CreateGroup", Version: "2018-03-01" };
    const sha256 = { SignatureMethod: "HmacSHA256" };
    const requests = [
      () => tc3Get(iai, "CreateGroup", { ...all, GroupName: `1${han(59)}`, GroupId: "1-%@#&_" }),
      () => v1Send("GET", emulator.url, { ...v1Pairs, ...sha256, GroupName: `2${han(59)}`, GroupId: "2-%@#&_" }),
      () => v1Send("POST", emulator.url, { ...v1Pairs, GroupName: `3${han(59)}`, GroupId: "3-%@#&_" }),
      () => v1Send("POST", emulator.url, { ...v1Pairs, ...sha256, GroupName: `4${han(59)}`, GroupId: "4-%@#&_" }),
    ];
    for (const send of requests) {
      expect(cloudCode(await send())).toBe("accepted");
      expect(cloudCode(await send())).toBe("InvalidParameterValue.GroupIdAlreadyExist");
    }
  });
});

describe("CreateGroup refuses", () => {
  beforeAll(() => expectAccepted("CreateGroup", group("taken", { GroupName: "taken-name" })));

  const value = (code: string) => [`InvalidParameterValue.${code}`];
  const empty = ["MissingParameter.ErrorParameterEmpty"];
  const absent = ["MissingParameter", "MissingParameter.ErrorParameterEmpty"];
  const type = ["InvalidParameter", "InvalidParameter.InvalidParameter"];
  const twice = [...value("GroupExDescriptionsNameIdentical"), "FailedOperation.DuplicatedGroupDescription"];
  const descriptions = (...GroupExDescriptions: unknown[]) => group("no", { GroupExDescriptions });
  test.each<[string, Body, readonly string[]]>([
    ["no name", { GroupId: "no" }, absent],
    ["an empty name", group("no", { GroupName: "" }), empty],
    ["a name that is a number", group("no", { GroupName: 5 }), type],
    ["a name of 61 characters", group("no", { GroupName: "n".repeat(61) }), value("GroupNameTooLong")],
    ["a name of 61 Chinese characters", group("no", { GroupName: han(61) }), value("GroupNameTooLong")],
    ["a forbidden character inside a name", group("no", { GroupName: "a!b" }), value("GroupNameIllegal")],
    ["a forbidden character at the end of a name", group("no", { GroupName: "ab!" }), value("GroupNameIllegal")],
    ["a name that another group has", group("no", { GroupName: "taken-name" }), value("GroupNameAlreadyExist")],
    ["no id", { GroupName: "no" }, absent],
    ["an empty id", group("no", { GroupId: "" }), empty],
    ["an id of 65 bytes", group("no", { GroupId: "i".repeat(65) }), value("GroupIdTooLong")],
    ["a Chinese character in an id", group("no", { GroupId: "a库b" }), value("GroupIdIllegal")],
    ["a blank in an id", group("no", { GroupId: "a b" }), value("GroupIdIllegal")],
    ["a blank at the end of an id", group("no", { GroupId: "no " }), value("GroupIdIllegal")],
    ["a dot in an id", group("no", { GroupId: "a.b" }), value("GroupIdIllegal")],
    ["an id that another group has", group("no", { GroupId: "taken" }), value("GroupIdAlreadyExist")],
    ["6 descriptions", descriptions("a", "b", "c", "d", "e", "f"), value("GroupExDescriptionsExceed")],
    ["a description of 31 characters", descriptions("d".repeat(31)), value("GroupExDescriptionsNameTooLong")],
    ["a description of 31 Chinese characters", descriptions(han(31)), value("GroupExDescriptionsNameTooLong")],
    ["a forbidden character in the last description", descriptions("a", "b!"), value("GroupExDescriptionsNameIllegal")],
    ["the same description twice", descriptions("a", "b", "a"), twice],
    ["an empty description", descriptions("a", ""), [...empty, ...value("GroupExDescriptionsNameIllegal")]],
    ["a single description instead of a list", group("no", { GroupExDescriptions: "a" }), type],
    ["a tag of 41 characters", group("no", { Tag: "t".repeat(41) }), value("GroupTagTooLong")],
    ["a tag of 41 Chinese characters", group("no", { Tag: han(41) }), value("GroupTagTooLong")],
    ["a forbidden character in a tag", group("no", { Tag: "a!" }), value("GroupTagIllegal")],
    ["an undeclared parameter", group("no", { Owner: "a" }), ["UnknownParameter"]],
  ])("%s, and creates nothing", async (_, body, codes) => {
    const before = resourceCounts();
    expect(codes).toContain(await post("CreateGroup", body));
    expect(resourceCounts()).toEqual(before);
  });
});

describe("DeletePersonFromGroup", () => {
  const remove = (PersonId: string, GroupId: string) => post("DeletePersonFromGroup", { PersonId, GroupId });
  const groupsOf = async (PersonId: string) => {
    const { text } = await tc3Post(iai, "GetPersonGroupInfo", { PersonId });
    return JSON.parse(text).Response.PersonGroupInfos?.map((g: { GroupId: string }) => g.GroupId);
  };
  const longPersonId = "p".repeat(64);
  beforeAll(async () => {
    for (const id of ["of", "other", "g".repeat(64), "old"]) {
      await expectAccepted("CreateGroup", group(id, { GroupName: `${id.slice(0, 50)}-persons` }));
    }
    for (const id of ["alone", "once", "Az09-%@#&_", "stays"]) await createPerson("of", id);
    await createPerson("other", "both");
    await expectAccepted("CopyPerson", { PersonId: "both", GroupIds: ["of"] });
    await createPerson("g".repeat(64), longPersonId);
    await createPerson("other", "elsewhere");
    await expectAccepted("DeleteGroup", { GroupId: "old" });
  });

  test("deletes a person that is in no other group", async () => {
    expect(await remove("alone", "of")).toBe("accepted");
    expect(await post("GetPersonGroupInfo", { PersonId: "alone" })).toBe("InvalidParameterValue.PersonIdNotExist");
  });

  test("removes a person of two groups from this one only", async () => {
    expect(await groupsOf("both")).toEqual(["other", "of"]);
    expect(await remove("both", "of")).toBe("accepted");
    expect(await groupsOf("both")).toEqual(["other"]);
    expect(await remove("both", "of")).toBe("FailedOperation.GroupPersonMapNotExist");
  });

  test("refuses a person that it deleted", async () => {
    expect(await remove("once", "of")).toBe("accepted");
    expect(await remove("once", "of")).toBe("InvalidParameterValue.PersonIdNotExist");
  });

  test("accepts ids of 64 bytes, and with every allowed class of characters", async () => {
    expect(await remove(longPersonId, "g".repeat(64))).toBe("accepted");
    expect(await remove("Az09-%@#&_", "of")).toBe("accepted");
  });

  const value = (code: string) => [`InvalidParameterValue.${code}`];
  const absent = ["MissingParameter", "MissingParameter.ErrorParameterEmpty"];
  const empty = ["MissingParameter.ErrorParameterEmpty"];
  test.each<[string, Body, readonly string[]]>([
    ["no person", { GroupId: "of" }, absent],
    ["an empty person", { GroupId: "of", PersonId: "" }, empty],
    ["a forbidden character in the person", { GroupId: "of", PersonId: "a b" }, value("PersonIdIllegal")],
    ["a blank before the person", { GroupId: "of", PersonId: " stays" }, value("PersonIdIllegal")],
    ["a Chinese character in the person", { GroupId: "of", PersonId: "人" }, value("PersonIdIllegal")],
    ["a person id of 65 bytes", { GroupId: "of", PersonId: `${longPersonId}p` }, value("PersonIdTooLong")],
    ["an unknown person", { GroupId: "of", PersonId: "nobody" }, value("PersonIdNotExist")],
    ["no group", { PersonId: "stays" }, absent],
    ["an empty group", { PersonId: "stays", GroupId: "" }, empty],
    ["a forbidden character in the group", { PersonId: "stays", GroupId: "o.f" }, value("GroupIdIllegal")],
    ["a Chinese character in the group", { PersonId: "stays", GroupId: "库" }, value("GroupIdIllegal")],
    ["a group id of 65 bytes", { PersonId: "stays", GroupId: "g".repeat(65) }, value("GroupIdTooLong")],
    ["an unknown group", { PersonId: "stays", GroupId: "nowhere" }, value("GroupIdNotExist")],
    ["a group that was deleted", { PersonId: "stays", GroupId: "old" }, value("GroupIdNotExist")],
    ["a person of another group", { PersonId: "elsewhere", GroupId: "of" }, ["FailedOperation.GroupPersonMapNotExist"]],
  ])("refuses %s, and removes no person", async (_, body, codes) => {
    const before = resourceCounts();
    expect(codes).toContain(await post("DeletePersonFromGroup", body));
    expect(resourceCounts()).toEqual(before);
    expect(await groupsOf("stays")).toEqual(["of"]);
    expect(await groupsOf("elsewhere")).toEqual(["other"]);
  });
});
