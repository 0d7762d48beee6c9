/** The emulator against the page of DeleteUser, statement by statement: literal calls and the documented errors. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { awsPost, type Body, fixedTime } from "./hand-signed-requests.ts";
import { awsCode } from "./response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;

const post = async (operation: string, body: Body): Promise<string> =>
  awsCode(await awsPost(emulator.url, operation, body));
const remove = (body: Body): Promise<string> => post("DeleteUser", body);
const newUser = async (CollectionId: string, UserId: string): Promise<void> =>
  expect(await post("CreateUser", { CollectionId, UserId })).toBe("accepted");
const newCollection = async (CollectionId: string): Promise<void> =>
  expect(await post("CreateCollection", { CollectionId })).toBe("accepted");
const usersOf = async (CollectionId: string): Promise<string[]> =>
  JSON.parse((await awsPost(emulator.url, "ListUsers", { CollectionId })).text).Users.map(
    (u: { UserId: string }) => u.UserId,
  );

beforeAll(async () => {
  emulator = await startEmulator({ now: () => fixedTime });
  for (const id of ["mine", "other", "tokens", "old"]) await newCollection(id);
  await newUser("mine", "stays");
  await newUser("other", "elsewhere");
  expect(await post("DeleteCollection", { CollectionId: "old" })).toBe("accepted");
});
afterAll(() => emulator.close());

test("a success has HTTP 200 and an empty body", async () => {
  await newUser("mine", "one");
  const { status, text } = await awsPost(emulator.url, "DeleteUser", { CollectionId: "mine", UserId: "one" });
  expect({ status, text }).toEqual({ status: 200, text: "" });
  expect(await usersOf("mine")).not.toContain("one");
});

test("a user that was deleted is not found", async () => {
  await newUser("mine", "once");
  expect(await remove({ CollectionId: "mine", UserId: "once" })).toBe("accepted");
  expect(await remove({ CollectionId: "mine", UserId: "once" })).toBe("ResourceNotFoundException");
});

describe("DeleteUser accepts", () => {
  const allowedCharacters = "azAZ09_.-";
  test.each<[string, Body]>([
    ["a collection id of 1 character", { CollectionId: "c", UserId: "u" }],
    ["a collection id of 255 characters", { CollectionId: "c".repeat(255), UserId: "u" }],
    ["a collection id with every allowed class of characters", { CollectionId: allowedCharacters, UserId: "u" }],
    ["a user id of 128 characters", { CollectionId: "users", UserId: "u".repeat(128) }],
    [
      "a user id with every allowed class of characters",
      { CollectionId: "more-users", UserId: `${allowedCharacters}:` },
    ],
  ])("%s", async (_, { CollectionId, UserId }) => {
    await newCollection(String(CollectionId));
    await newUser(String(CollectionId), String(UserId));
    expect(await remove({ CollectionId, UserId })).toBe("accepted");
    expect(await usersOf(String(CollectionId))).toEqual([]);
  });

  test.each([
    ["1 character", "t"],
    ["64 characters", "t".repeat(64)],
    ["every allowed class of characters", "azAZ09-_"],
  ])("a token of %s", async (_, ClientRequestToken) => {
    await newUser("tokens", "of-a-token");
    expect(await remove({ CollectionId: "tokens", UserId: "of-a-token", ClientRequestToken })).toBe("accepted");
  });
});

describe("a call with a token is executed once", () => {
  const sent = { CollectionId: "tokens", UserId: "again", ClientRequestToken: "550e8400-e29b-41d4-a716-446655440001" };

  test("the same call is accepted again, and the token with other input is refused", async () => {
    await newUser("tokens", "again");
    await newUser("tokens", "another");
    await newUser("other", "again");
    expect(await remove(sent)).toBe("accepted");
    expect(await remove(sent)).toBe("accepted");
    expect(await remove({ ...sent, UserId: "another" })).toBe("IdempotentParameterMismatchException");
    expect(await remove({ ...sent, CollectionId: "other" })).toBe("IdempotentParameterMismatchException");
    expect(await usersOf("tokens")).toEqual(["another"]);
    expect(await usersOf("other")).toContain("again");
  });
});

describe("DeleteUser refuses", () => {
  const stays = { CollectionId: "mine", UserId: "stays" };
  const invalid = "InvalidParameterException";
  const notFound = "ResourceNotFoundException";
  test.each<[string, Body, string]>([
    ["an unknown collection", { ...stays, CollectionId: "nowhere" }, notFound],
    ["a collection that was deleted", { ...stays, CollectionId: "old" }, notFound],
    ["an unknown user", { ...stays, UserId: "nobody" }, notFound],
    ["a user of another collection", { ...stays, UserId: "elsewhere" }, notFound],
    ["no collection", { UserId: "stays" }, invalid],
    ["no user", { CollectionId: "mine" }, invalid],
    ["an empty collection id", { ...stays, CollectionId: "" }, invalid],
    ["a collection id of 256 characters", { ...stays, CollectionId: "c".repeat(256) }, invalid],
    ["a colon in a collection id", { ...stays, CollectionId: "mi:ne" }, invalid],
    ["a blank at the end of a collection id", { ...stays, CollectionId: "mine " }, invalid],
    ["an empty user id", { ...stays, UserId: "" }, invalid],
    ["a user id of 129 characters", { ...stays, UserId: "u".repeat(129) }, invalid],
    ["a slash in a user id", { ...stays, UserId: "st/ays" }, invalid],
    ["a Chinese character in a user id", { ...stays, UserId: "人" }, invalid],
    ["an empty token", { ...stays, ClientRequestToken: "" }, invalid],
    ["a token of 65 characters", { ...stays, ClientRequestToken: "t".repeat(65) }, invalid],
    ["a dot in a token", { ...stays, ClientRequestToken: "a.b" }, invalid],
  ])("%s, and deletes no user", async (_, body, code) => {
    expect(await remove(body)).toBe(code);
    expect(await usersOf("mine")).toContain("stays");
    expect(await usersOf("other")).toContain("elsewhere");
  });

  test("in the envelope of the developer guide", async () => {
    const response = await awsPost(emulator.url, "DeleteUser", { ...stays, CollectionId: "nowhere" });
    expect(response.status).toBe(400);
    expect(JSON.parse(response.text)).toEqual({
      __type: notFound,
      Code: notFound,
      Logref: expect.any(String),
      Message: expect.any(String),
    });
  });
});
