/** The plan for the five actions: every family has cases or a reason for their absence; every documented limit and character class has cases. */
import { describe, expect, test } from "vitest";
import { NO_RESOURCES, prepareCall } from "../../../runner/cases/bind/bind.ts";
import { families } from "../../../runner/cases/families/index.ts";
import { type Depth, missingFamilies, planAction } from "../../../runner/cases/plan.ts";
import type { Action, Json } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { gatewayRules } from "../../../runner/spec/rules.ts";
import { codePointLength, utf8Length } from "../../../runner/values/text-length.ts";
import { specsOf } from "../../vitest.ts";
import { cachedCases } from "../detection/cached-cases.ts";

const specs = specsOf();
const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
const action = (id: string) => specs.actions.get(id) as Action;
const casesFor = (id: string, depth: Depth = "standard") => [...cachedCases(specs, depth, [`${id}/**`])];

const fiveActions = [
  "tencent/iai/CreateGroup",
  "tencent/iai/DeletePersonFromGroup",
  "tencent/organization/RemoveUserFromGroup",
  "tencent/im/delete_group_member",
  "aws/rekognition/DeleteUser",
];

/** The value that a case sends for a parameter, bound without a real target. */
function sent(id: string, slug: string, parameter: string): Json | undefined {
  const testCase = casesFor(id).find((c) => c.id.startsWith(`${id}/${slug}@`));
  if (!testCase) throw new Error(`no case ${id}/${slug}`);
  const prepared = prepareCall(testCase, 1, "t0k3n");
  return prepared.bind({ ...NO_RESOURCES, values: Object.fromEntries(prepared.requiredIds) })[parameter];
}

test.each(fiveActions)("%s: each family has cases, or a reason from the spec", (id) => {
  const familiesWithCases = new Set(casesFor(id).map((c) => c.family));
  const absent = new Map(missingFamilies([action(id)]).map((a) => [a.family, a.reason]));
  for (const { id: family } of families)
    expect(familiesWithCases.has(family) ? "cases" : absent.get(family), family).toMatch(/\S/);
  for (const family of absent.keys()) expect(familiesWithCases.has(family)).toBe(false);
});

test("RemoveUserFromGroup documents no lengths", () => {
  const absent = missingFamilies([action("tencent/organization/RemoveUserFromGroup")]);
  expect(absent.find((a) => a.family === "boundary")?.reason).toMatch(/no limit of length/);
});

describe("limits of the documents", () => {
  const group = "tencent/iai/CreateGroup";

  test.each([1, 63, 64, 65])("GroupId of %i bytes", (n) => {
    expect(utf8Length(String(sent(group, `boundary/GroupId/${n}-bytes-ascii`, "GroupId")))).toBe(n);
  });

  test.each([1, 59, 60, 61].flatMap((n) => ["ascii", "han", "han-ext"].map((alphabet) => [n, alphabet] as const)))(
    "GroupName of %i characters (%s)",
    (n, alphabet) => {
      const value = String(sent(group, `boundary/GroupName/${n}-chars-${alphabet}`, "GroupName"));
      expect(codePointLength(value)).toBe(n);
      if (alphabet !== "ascii") expect(utf8Length(value)).toBeGreaterThan(n);
      if (alphabet === "han-ext") expect(value).toMatch(/[\u{20000}-\u{2ffff}]/u);
    },
  );

  test.each(
    [29, 30, 31].flatMap((n) => ["ascii", "latin", "han", "han-ext"].map((alphabet) => [n, alphabet] as const)),
  )("create_group Name of %i bytes (%s)", (n, alphabet) => {
    const value = String(sent("tencent/im/create_group", `boundary/Name/${n}-bytes-${alphabet}`, "Name"));
    expect(utf8Length(value)).toBe(n);
    if (alphabet !== "ascii") expect(codePointLength(value)).toBeLessThan(n);
  });

  test.each([499, 500, 501])("MemberToDel_Account with %i items", (n) => {
    expect(
      sent("tencent/im/delete_group_member", `boundary/MemberToDel_Account/${n}-items`, "MemberToDel_Account"),
    ).toHaveLength(n);
  });

  test.each([4, 5, 6])("GroupExDescriptions with %i different items", (n) => {
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
    const [, name, position] = /illegal-charset\/GroupId\/(.+)-(start|inside|end)@tc3-post$/.exec(c.id) ?? [];
    if (name && position) classes.set(name, (classes.get(name) ?? new Set()).add(position));
  }
  expect(classes.size).toBeGreaterThanOrEqual(20);
  for (const [name, positions] of classes) expect(positions.size, name).toBe(3);
});

test("a value in conflict between documents is only observed; one that all documents forbid is refused with any of their codes", () => {
  const cases = new Map(casesFor("tencent/iai/CreateGroup").map((c) => [c.id, c]));
  const caseOf = (slug: string) => cases.get(`tencent/iai/CreateGroup/${slug}@tc3-post`);
  expect(caseOf("boundary/GroupName/60-chars-han-ext")).toMatchObject({ level: "may", expect: { outcome: "any" } });
  const tooLong = caseOf("boundary/GroupName/61-chars-han-ext");
  expect(tooLong).toMatchObject({ level: "must", expect: { outcome: "refused" } });
  expect(tooLong?.expect).toHaveProperty("codes", [
    "InvalidParameterValue.GroupNameTooLong",
    "InvalidParameterValue.GroupNameIllegal",
  ]);
  expect(caseOf("illegal-charset/GroupName/space-inside")?.level).toBe("may");
  expect(caseOf("illegal-charset/GroupName/emoji-inside")?.level).toBe("must");
});

test("an empty id may get the code of an unknown one where no page states how it is refused", () => {
  const empty = casesFor("tencent/organization/RemoveUserFromGroup").find(
    (c) => c.place === "UserId" && c.slug === "empty",
  );
  expect(empty?.expect).toHaveProperty("codes", expect.arrayContaining(["InvalidParameter.GroupUserNotExist"]));
});

test("a text that is no URL is only observed where the page demands one", () => {
  const id = "tencent/im/create_group";
  const levelOf = (slug: string) => casesFor(id).find((c) => c.place === "FaceUrl" && c.slug === slug)?.level;
  expect(["1-bytes-ascii", "100-bytes-latin"].map(levelOf)).toEqual(["may", "may"]);
  expect(levelOf("100-bytes-ascii")).toBe("must");
  const url = String(sent(id, "boundary/FaceUrl/100-bytes-ascii", "FaceUrl"));
  expect([URL.canParse(url), url.length]).toEqual([true, 100]);
  expect(URL.canParse(String(sent(id, "valid/optional/FaceUrl", "FaceUrl")))).toBe(true);
});

test("a length that is within the limit in only one of code points and UTF-16 units is only observed", () => {
  const levelOf = (slug: string) =>
    casesFor("tencent/organization/CreateUser").find((c) => c.place === "FirstName" && c.slug === slug)?.level;
  expect(levelOf("63-chars-han-ext")).toBe("may");
  expect(levelOf("64-chars-han-ext")).toBe("may");
  for (const slug of ["1-chars-han-ext", "64-chars-han"]) expect(levelOf(slug)).toBe("must");
  expect(levelOf("65-chars-han-ext")).toBe("should");
});

test.each(["latin", "han", "han-ext"])(
  "an account name of %s characters, which only other pages forbid, is only observed; the length of one in ASCII is not",
  (alphabet) => {
    const id = "tencent/im/delete_group_member";
    const levels = (...slugs: string[]) =>
      casesFor(id).flatMap((c) => (slugs.includes(c.slug) && c.place === "MemberToDel_Account.items" ? [c.level] : []));
    expect(levels(`31-bytes-${alphabet}`, `32-bytes-${alphabet}`)).toEqual(["may", "may"]);
    expect(levels("31-bytes-ascii", "32-bytes-ascii")).toEqual(["must", "must"]);
  },
);

test("ids are unique, and contain allowed characters only", () => {
  for (const depth of ["quick", "standard", "exhaustive"] as const) {
    const ids = fiveActions.flatMap((id) => casesFor(id, depth).map((c) => c.id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._@/-]+$/);
  }
});

test("other bindings get valid cases and one refusal per rule, at exhaustive depth all cases", () => {
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

test("without a parameter in the spec there are no cases of it", () => {
  const complete = action("tencent/iai/CreateGroup");
  const withoutTag = { ...complete, parameters: complete.parameters.filter((p) => p.name !== "Tag") };
  const ids = [...planAction(withoutTag, { depth: "standard", isFlat: isFlat })].map((c) => c.id);
  expect(ids.some((id) => id.includes("Tag"))).toBe(false);
  expect(casesFor(complete.id).some((c) => c.id.includes("Tag"))).toBe(true);
});

describe("the gateway families", () => {
  const gatewayFamilies = ["protocol", "signature", "repeated-key"];
  const gatewayCases = (id: string) => casesFor(id).filter((c) => gatewayFamilies.includes(c.family));
  const slugs = (id: string, family: string) =>
    gatewayCases(id)
      .filter((c) => c.family === family)
      .map((c) => c.id.slice(`${id}/${family}/`.length).replace(/@.*/, ""));

  test.each([...specs.actions.keys()])("%s: each gateway rule has a case, and each case a rule", (id) => {
    const rules = new Set(gatewayRules(action(id)).map((r) => r.id));
    const rulesOfCases = new Set(gatewayCases(id).map((c) => c.rule));
    for (const rule of rulesOfCases) expect(rules).toContain(rule);
    const rulesWithoutCase = [...rules].filter((rule) => !rulesOfCases.has(rule));
    expect(rulesWithoutCase).toEqual(
      action(id).parameters.length > 0 ? [] : [`${id}/rule/protocol/request/repeated-key`],
    );
  });

  const within300 = [
    [299, "success"],
    [301, "refused"],
  ] as const;
  /** The documents of AWS name five minutes and fifteen: between them the outcome is undecided. */
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
  ])("%s: one second within the time window, and one second outside", (id, seconds) => {
    const cases = gatewayCases(id).filter((c) => c.id.includes("/signature/window/"));
    const shifts = cases.map((c) => [
      c.edit?.op === "request" && c.edit.mutation.signing?.shiftSeconds,
      c.expect.outcome,
    ]);
    expect(shifts).toEqual([-1, 1].flatMap((sign) => seconds.map(([n, outcome]) => [sign * n, outcome])));
  });

  test("10 MB of JSON must be accepted and more than 10 MiB refused; for queries and forms the limits are 32 KiB and 1 MiB", () => {
    const sizes = gatewayCases("tencent/iai/GetGroupList").filter((c) => c.id.includes("-bytes@"));
    const outcomes = sizes.map((c) => `${c.id.split("/").slice(4).join("/")} ${c.expect.outcome}`);
    expect(outcomes.sort()).toEqual([
      "body/10000000-bytes@tc3-post success",
      "body/10485761-bytes@tc3-post refused",
      "form/1048577-bytes@v1-post-sha1 refused",
      "form/1048577-bytes@v1-post-sha256 refused",
      "query/32769-bytes@tc3-get refused",
      "query/32769-bytes@v1-get-sha1 refused",
      "query/32769-bytes@v1-get-sha256 refused",
    ]);
  });

  test("a create is never sent with another region or application", () => {
    const hasOtherRegionOrApp = (id: string) =>
      gatewayCases(id).some((c) => /\/(?:Region\/unknown|sdkappid\/another)@/.test(c.id));
    for (const { id, name, service } of specs.actions.values()) {
      const creates = [...service.resources.values()].some((r) => r.create === name);
      expect(hasOtherRegionOrApp(id), id).toBe(!creates && service.provider !== "aws");
    }
  });

  test.each([
    ["tencent/iai/GetGroupList", ["Token/unknown", "body/text-behind", "Region/unknown"]],
    ["tencent/im/delete_group_member", ["body/text-behind", "random/absent", "contenttype/absent"]],
    ["aws/rekognition/DeleteUser", ["body/text-behind"]],
  ])("%s: undocumented deviations are only observed", (id, observedSlugs) => {
    const levels = (slug: string) =>
      new Set(gatewayCases(id).flatMap((c) => (c.id.includes(`/${slug}@`) ? [c.level] : [])));
    for (const slug of observedSlugs) expect(levels(slug), slug).toEqual(new Set(["may"]));
    expect(levels("body/malformed")).toEqual(new Set(["should"]));
  });

  test("wrong signatures of TC3", () => {
    expect(slugs("tencent/iai/CreateGroup", "signature")).toEqual(
      expect.arrayContaining([
        ...["scope/date", "scope/service", "scope/terminator", "unsigned/host", "unsigned/content-type"],
        ...["key/another", "key/unknown-id", "body/altered", "Authorization/absent", "Authorization/malformed"],
        ...["Authorization/another-scheme", "Token/unknown"],
      ]),
    );
  });

  test("wrong signatures of version 1, over the bindings of the ping action", () => {
    const ping = gatewayCases("tencent/iai/GetGroupList").map((c) =>
      c.id.replace("tencent/iai/GetGroupList/signature/", ""),
    );
    expect(ping).toEqual(
      expect.arrayContaining([
        ...["Signature/absent@v1-get-sha1", "Signature/another@v1-post-sha256", "query/altered@v1-get-sha256"],
        ...["form/altered@v1-post-sha1", "SignatureMethod/another@v1-get-sha1", "SignatureMethod/absent@v1-get-sha256"],
        ...["key/unknown-id@v1-post-sha1", "window/301-seconds-ahead@v1-get-sha1", "query/altered@tc3-get"],
      ]),
    );
  });

  test("altered signatures, other terminators and UserSigs of others, in the ping action only", () => {
    const parts =
      /^(?:value\/(?:first-character|last-character|other-case)|scope\/terminator-and-key|usersig\/of-.*|unsigned\/x-.*)$/;
    const partsOf = (id: string) => slugs(id, "signature").filter((slug) => parts.test(slug));
    const altered = ["value/first-character", "value/last-character"];
    expect(new Set(partsOf("tencent/iai/GetGroupList"))).toEqual(
      new Set([...altered, "value/other-case", "scope/terminator-and-key"]),
    );
    expect(new Set(partsOf("tencent/im/get_role_in_group"))).toEqual(
      new Set([...altered, "value/other-case", "usersig/of-another-identifier", "usersig/of-another-sdkappid"]),
    );
    expect(new Set(partsOf("aws/rekognition/DescribeCollection"))).toEqual(
      new Set([...altered, "scope/terminator-and-key", "unsigned/x-amz-date", "unsigned/x-amz-target"]),
    );
    for (const id of fiveActions) expect(partsOf(id), id).toEqual([]);
  });

  test("an altered request after the signed one was accepted, in the ping action only", () => {
    const afterUse = (id: string) => gatewayCases(id).filter((c) => c.slug === "altered-after-use").length;
    expect(afterUse("tencent/iai/GetGroupList")).toBe(6);
    expect(afterUse("tencent/im/get_role_in_group")).toBe(0);
    expect(afterUse("aws/rekognition/DescribeCollection")).toBe(1);
    for (const id of fiveActions) expect(afterUse(id), id).toBe(0);
  });

  test("wrong UserSigs", () => {
    expect(slugs("tencent/im/delete_group_member", "signature").sort()).toEqual([
      ...["identifier/another", "identifier/nobody", "key/another", "sdkappid/another", "usersig/absent"],
      ...["usersig/cut", "usersig/empty", "usersig/expired", "usersig/malformed"],
    ]);
  });

  test("wrong signatures of Signature Version 4", () => {
    expect(slugs("aws/rekognition/DeleteUser", "signature")).toEqual(
      expect.arrayContaining([
        ...["scope/date", "scope/region", "scope/service", "scope/terminator", "unsigned/host", "body/altered"],
        ...["key/another", "key/unknown-id", "Authorization/absent", "Authorization/another-scheme"],
      ]),
    );
  });

  test.each(fiveActions)("%s: each member of the minimal call twice, whose outcome JSON does not define", (id) => {
    const repeatedKeyCases = gatewayCases(id).filter((c) => c.family === "repeated-key");
    expect(repeatedKeyCases.map((c) => c.id.split("/")[4])).toEqual(repeatedKeyCases[0]?.members);
    expect(repeatedKeyCases.every((c) => c.expect.outcome === "any")).toBe(true);
  });

  test("only the ping action has cases of body size and of other bindings, except a wrong key for what changes something", () => {
    for (const [id, { service, mutating }] of specs.actions) {
      const isPing = service.ping?.call === action(id).name;
      const [mainBinding, ...others] = service.bindings;
      const onOthers = gatewayCases(id).filter((c) => c.binding !== mainBinding);
      if (isPing) expect([...new Set(onOthers.map((c) => c.binding))], id).toEqual(others);
      else
        expect(onOthers.map((c) => c.id.replace(`${id}/`, "")).sort(), id).toEqual(
          mutating ? others.map((binding) => `signature/key/another@${binding}`).sort() : [],
        );
      expect(
        gatewayCases(id).some((c) => c.id.includes("-bytes@")),
        id,
      ).toBe(isPing && id.startsWith("tencent/") && service.name !== "im");
    }
  });

  test("for AWS no code of a signature case is a must, since no page assigns one", () => {
    const refused = gatewayCases("aws/rekognition/DeleteUser").filter((c) => c.expect.outcome === "refused");
    expect(refused.length).toBeGreaterThan(20);
    expect(new Set(refused.map((c) => c.level))).toEqual(new Set(["should"]));
  });

  test("a body that is not an object is only observed if the call requires no member", () => {
    const levels = (id: string) =>
      new Set(gatewayCases(id).flatMap((c) => (c.rule?.endsWith("/request/not-an-object") ? [c.level] : [])));
    expect(levels("tencent/iai/GetGroupList")).toEqual(new Set(["may"]));
    expect(levels("tencent/iai/CreateGroup")).toEqual(new Set(["should"]));
  });
});
