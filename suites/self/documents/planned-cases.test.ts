/** What is planned for the five actions: every family, or why not; every limit and class that the documents give. */
import { describe, expect, test } from "vitest";
import { bindMembers } from "../../../runner/cases/bind/bind.ts";
import { families } from "../../../runner/cases/families/index.ts";
import { type Depth, missingFamilies, planAction } from "../../../runner/cases/plan.ts";
import type { Action, Json } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { gatewayRules } from "../../../runner/spec/rules.ts";
import { codePointLength, utf8Length } from "../../../runner/values/text-length.ts";
import { specsOf } from "../../vitest.ts";

const specs = specsOf();
const flat = (binding: string) => protocolOf(binding).isFlat(binding);
const action = (id: string) => specs.actions.get(id) as Action;
const casesFor = (id: string, depth: Depth = "standard") => [...planAction(action(id), { depth, isFlat: flat })];

const five = [
  "tencent/iai/CreateGroup",
  "tencent/iai/DeletePersonFromGroup",
  "tencent/organization/RemoveUserFromGroup",
  "tencent/im/delete_group_member",
  "aws/rekognition/DeleteUser",
];

/** The value that a case sends at a parameter, with the state made up. */
function sent(id: string, slug: string, parameter: string): Json | undefined {
  const found = casesFor(id).find((c) => c.id.startsWith(`${id}/${slug}@`));
  if (!found) throw new Error(`no case ${id}/${slug}`);
  const around = { seed: 1, token: "t0k3n", values: {}, taken: {}, fill: () => undefined };
  return bindMembers(found, around, new Map())[parameter];
}

test.each(five)("%s: each family has cases, or a reason of its spec", (id) => {
  const had = new Set(casesFor(id).map((c) => c.family));
  const absent = new Map(missingFamilies([action(id)]).map((a) => [a.family, a.why]));
  for (const { id: family } of families) expect(had.has(family) ? "cases" : absent.get(family), family).toMatch(/\S/);
  for (const family of absent.keys()) expect(had.has(family)).toBe(false);
});

test("RemoveUserFromGroup documents no lengths", () => {
  const absent = missingFamilies([action("tencent/organization/RemoveUserFromGroup")]);
  expect(absent.find((a) => a.family === "boundary")?.why).toMatch(/no length/);
});

describe("limits of the documents", () => {
  const group = "tencent/iai/CreateGroup";

  test.each([1, 63, 64, 65])("GroupId of %i bytes", (n) => {
    expect(utf8Length(String(sent(group, `boundary/GroupId/${n}-bytes-ascii`, "GroupId")))).toBe(n);
  });

  test.each([1, 59, 60, 61].flatMap((n) => ["ascii", "han", "han-ext"].map((of) => [n, of] as const)))(
    "GroupName of %i characters (%s)",
    (n, of) => {
      const value = String(sent(group, `boundary/GroupName/${n}-chars-${of}`, "GroupName"));
      expect(codePointLength(value)).toBe(n);
      if (of !== "ascii") expect(utf8Length(value)).toBeGreaterThan(n);
      if (of === "han-ext") expect(value).toMatch(/[\u{20000}-\u{2ffff}]/u);
    },
  );

  test.each([29, 30, 31].flatMap((n) => ["ascii", "latin", "han", "han-ext"].map((of) => [n, of] as const)))(
    "create_group Name of %i bytes (%s)",
    (n, of) => {
      const value = String(sent("tencent/im/create_group", `boundary/Name/${n}-bytes-${of}`, "Name"));
      expect(utf8Length(value)).toBe(n);
      if (of !== "ascii") expect(codePointLength(value)).toBeLessThan(n);
    },
  );

  test.each([499, 500, 501])("MemberToDel_Account with %i items", (n) => {
    expect(
      sent("tencent/im/delete_group_member", `boundary/MemberToDel_Account/${n}-items`, "MemberToDel_Account"),
    ).toHaveLength(n);
  });

  test.each([4, 5, 6])("GroupExDescriptions with %i items, all different", (n) => {
    const items = sent(group, `boundary/GroupExDescriptions/${n}-items`, "GroupExDescriptions") as Json[];
    expect(new Set(items).size).toBe(n);
  });

  test.each([30, 31])("GroupExDescriptions with an item of %i characters", (n) => {
    const [first] = sent(group, `boundary/GroupExDescriptions.items/${n}-chars-han`, "GroupExDescriptions") as string[];
    expect(codePointLength(first ?? "")).toBe(n);
  });
});

test("at least 20 forbidden classes of GroupId, each at the start, inside and at the end", () => {
  const classes = new Map<string, Set<string>>();
  for (const c of casesFor("tencent/iai/CreateGroup")) {
    const [, name, where] = /illegal-charset\/GroupId\/(.+)-(start|inside|end)@tc3-post$/.exec(c.id) ?? [];
    if (name && where) classes.set(name, (classes.get(name) ?? new Set()).add(where));
  }
  expect(classes.size).toBeGreaterThanOrEqual(20);
  for (const [name, places] of classes) expect(places.size, name).toBe(3);
});

test("disputed values are open, and beyond every reading they are refused with the union of the codes", () => {
  const cases = new Map(casesFor("tencent/iai/CreateGroup").map((c) => [c.id, c]));
  const at = (slug: string) => cases.get(`tencent/iai/CreateGroup/${slug}@tc3-post`);
  expect(at("boundary/GroupName/60-chars-han-ext")).toMatchObject({ level: "may", expect: { outcome: "any" } });
  const beyond = at("boundary/GroupName/61-chars-han-ext");
  expect(beyond).toMatchObject({ level: "must", expect: { outcome: "refused" } });
  expect(beyond?.expect).toHaveProperty("codes", [
    "InvalidParameterValue.GroupNameTooLong",
    "InvalidParameterValue.GroupNameIllegal",
  ]);
  expect(at("illegal-charset/GroupName/space-inside")?.level).toBe("may");
  expect(at("illegal-charset/GroupName/emoji-inside")?.level).toBe("must");
});

test("ids are paths, each there once, of the allowed characters", () => {
  for (const depth of ["quick", "standard", "exhaustive"] as const) {
    const ids = five.flatMap((id) => casesFor(id, depth).map((c) => c.id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._@/-]+$/);
  }
});

test("other bindings get valid and one refusal of each rule, and everything at exhaustive depth", () => {
  const id = "tencent/iai/CreateGroup";
  const standard = casesFor(id).filter((c) => c.binding === "v1-post-sha256");
  expect(new Set(standard.map((c) => c.family))).toContain("valid");
  const rules = standard.filter((c) => c.expect.outcome === "refused").map((c) => c.rule);
  expect(new Set(rules).size).toBe(rules.length);
  const main = casesFor(id, "exhaustive").filter((c) => c.binding === "tc3-post").length;
  const other = casesFor(id, "exhaustive").filter((c) => c.binding === "v1-post-sha256").length;
  expect(other).toBeGreaterThan(main * 0.9);
  expect(casesFor(id, "quick").every((c) => c.binding === "tc3-post")).toBe(true);
});

test("strike a parameter from the spec, and its cases go too", () => {
  const whole = action("tencent/iai/CreateGroup");
  const without = { ...whole, parameters: whole.parameters.filter((p) => p.name !== "Tag") };
  const ids = [...planAction(without, { depth: "standard", isFlat: flat })].map((c) => c.id);
  expect(ids.some((id) => id.includes("Tag"))).toBe(false);
  expect(casesFor(whole.id).some((c) => c.id.includes("Tag"))).toBe(true);
});

describe("the front door", () => {
  const inFront = ["protocol", "signature", "repeated-key"];
  const atDoor = (id: string) => casesFor(id).filter((c) => inFront.includes(c.family));
  const slugs = (id: string, family: string) =>
    atDoor(id)
      .filter((c) => c.family === family)
      .map((c) => c.id.slice(`${id}/${family}/`.length).replace(/@.*/, ""));

  test.each([...specs.actions.keys()])("%s: each rule has a case, and each case a rule", (id) => {
    const rules = new Set(gatewayRules(action(id)).map((r) => r.id));
    const held = new Set(atDoor(id).map((c) => c.rule));
    for (const rule of held) expect(rules).toContain(rule);
    const silent = [...rules].filter((rule) => !held.has(rule));
    expect(silent).toEqual(action(id).parameters.length > 0 ? [] : [`${id}/rule/protocol/request/repeated-key`]);
  });

  const within300 = [
    [299, "success"],
    [301, "refused"],
  ] as const;
  /** AWS says five minutes and fifteen: between them it is open. */
  const within300or900 = [
    [299, "success"],
    [899, "any"],
    [901, "refused"],
  ] as const;

  test.each([
    ["tencent/iai/CreateGroup", within300],
    ["tencent/iai/DeletePersonFromGroup", within300],
    ["tencent/organization/RemoveUserFromGroup", within300],
    ["aws/rekognition/DeleteUser", within300or900],
  ])("%s: a second within the window, and one beyond", (id, seconds) => {
    const cases = atDoor(id).filter((c) => c.id.includes("/signature/window/"));
    const shifts = cases.map((c) => [
      c.edit?.op === "request" && c.edit.mutation.signing?.shiftSeconds,
      c.expect.outcome,
    ]);
    expect(shifts).toEqual([-1, 1].flatMap((sign) => seconds.map(([n, outcome]) => [sign * n, outcome])));
  });

  test("10 MB of JSON are taken on every reading, more than 10 MiB on none; a smaller query or form may be refused for itself", () => {
    const sizes = atDoor("tencent/iai/GetGroupList").filter((c) => c.id.includes("-bytes@"));
    const told = sizes.map((c) => `${c.id.split("/").slice(4).join("/")} ${c.expect.outcome}`);
    expect(told.sort()).toEqual([
      "body/10000000-bytes@tc3-post success",
      "body/10485761-bytes@tc3-post refused",
      "form/1048577-bytes@v1-post-sha1 refused",
      "form/1048577-bytes@v1-post-sha256 refused",
      "query/32769-bytes@tc3-get refused",
      "query/32769-bytes@v1-get-sha1 refused",
      "query/32769-bytes@v1-get-sha256 refused",
    ]);
  });

  test("what makes something is sent to no other region or application", () => {
    const elsewhere = (id: string) => atDoor(id).some((c) => /\/(?:Region\/unknown|sdkappid\/another)@/.test(c.id));
    for (const { id, name, service } of specs.actions.values()) {
      const makes = [...service.resources.values()].some((r) => r.create === name);
      expect(elsewhere(id), id).toBe(!makes && service.provider !== "aws");
    }
  });

  test.each([
    ["tencent/iai/GetGroupList", ["Token/unknown", "body/text-behind", "Region/unknown"]],
    ["tencent/im/delete_group_member", ["body/text-behind"]],
    ["aws/rekognition/DeleteUser", ["body/text-behind"]],
  ])("%s: what no page speaks of is open", (id, open) => {
    const levels = (slug: string) => new Set(atDoor(id).flatMap((c) => (c.id.includes(`/${slug}@`) ? [c.level] : [])));
    for (const slug of open) expect(levels(slug), slug).toEqual(new Set(["may"]));
    expect(levels("body/malformed")).toEqual(new Set(["should"]));
  });

  test("what is signed wrongly by TC3", () => {
    expect(slugs("tencent/iai/CreateGroup", "signature")).toEqual(
      expect.arrayContaining([
        ...["scope/date", "scope/service", "scope/terminator", "unsigned/host", "unsigned/content-type"],
        ...["key/another", "key/unknown-id", "body/altered", "Authorization/absent", "Authorization/malformed"],
        ...["Authorization/another-scheme", "Token/unknown"],
      ]),
    );
  });

  test("what is signed wrongly by version 1, over the bindings of the action that pings", () => {
    const ping = atDoor("tencent/iai/GetGroupList").map((c) => c.id.replace("tencent/iai/GetGroupList/signature/", ""));
    expect(ping).toEqual(
      expect.arrayContaining([
        ...["Signature/absent@v1-get-sha1", "Signature/another@v1-post-sha256", "query/altered@v1-get-sha256"],
        ...["form/altered@v1-post-sha1", "SignatureMethod/another@v1-get-sha1", "SignatureMethod/absent@v1-get-sha256"],
        ...["key/unknown-id@v1-post-sha1", "window/301-seconds-ahead@v1-get-sha1", "query/altered@tc3-get"],
      ]),
    );
  });

  test("what is signed wrongly in a UserSig", () => {
    expect(slugs("tencent/im/delete_group_member", "signature").sort()).toEqual([
      ...["identifier/another", "identifier/nobody", "key/another", "sdkappid/another", "usersig/absent"],
      ...["usersig/cut", "usersig/empty", "usersig/expired", "usersig/malformed"],
    ]);
  });

  test("what is signed wrongly by Signature Version 4", () => {
    expect(slugs("aws/rekognition/DeleteUser", "signature")).toEqual(
      expect.arrayContaining([
        ...["scope/date", "scope/region", "scope/service", "scope/terminator", "unsigned/host", "body/altered"],
        ...["key/another", "key/unknown-id", "Authorization/absent", "Authorization/another-scheme"],
      ]),
    );
  });

  test.each(five)("%s: each member of the least call twice, which JSON leaves open", (id) => {
    const twice = atDoor(id).filter((c) => c.family === "repeated-key");
    expect(twice.map((c) => c.id.split("/")[4])).toEqual(twice[0]?.members);
    expect(twice.every((c) => c.expect.outcome === "any")).toBe(true);
  });

  test("sizes and other bindings are for the action that pings", () => {
    for (const [id, { service }] of specs.actions) {
      const pings = service.ping?.call === action(id).name;
      expect(new Set(atDoor(id).map((c) => c.binding)).size, id).toBe(pings ? service.bindings.length : 1);
      expect(
        atDoor(id).some((c) => c.id.includes("-bytes@")),
        id,
      ).toBe(pings && id.startsWith("tencent/") && service.name !== "im");
    }
  });

  test("no page of AWS ties a code to a signature: none is a must", () => {
    const refused = atDoor("aws/rekognition/DeleteUser").filter((c) => c.expect.outcome === "refused");
    expect(refused.length).toBeGreaterThan(20);
    expect(new Set(refused.map((c) => c.level))).toEqual(new Set(["should"]));
  });

  test("a body that is no object is open where the call needs no member", () => {
    const levels = (id: string) =>
      new Set(atDoor(id).flatMap((c) => (c.rule?.endsWith("/request/not-an-object") ? [c.level] : [])));
    expect(levels("tencent/iai/GetGroupList")).toEqual(new Set(["may"]));
    expect(levels("tencent/iai/CreateGroup")).toEqual(new Set(["should"]));
  });
});
