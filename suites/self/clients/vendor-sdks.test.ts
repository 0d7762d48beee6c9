/** The vendors' own SDKs against the emulator: each creates and deletes resources, and reports refusals as for the real cloud. */
import { createRequire } from "node:module";
import {
  ConflictException,
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  IdempotentParameterMismatchException,
  InvalidParameterException,
  ListUsersCommand,
  RekognitionClient,
  RekognitionServiceException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-rekognition";
import { type ClientProfile, CommonClient } from "tencentcloud-sdk-nodejs-common";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startEmulator } from "../../vitest.ts";
import {
  awsKey,
  cloudKey,
  fixedTime,
  imKey,
  imPost,
  type Pairs,
  type TencentService,
  tc3Post,
  v1Send,
} from "../documents/hand-signed-requests.ts";
import { cloudCode, imCode } from "../documents/response-code.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** The Tencent Cloud SDK uses these proxies for loopback addresses too. */
beforeEach(() => {
  for (const name of ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

type SignMethod = NonNullable<ClientProfile["signMethod"]>;
const signMethods: [SignMethod, "GET" | "POST"][] = [
  ["TC3-HMAC-SHA256", "POST"],
  ["TC3-HMAC-SHA256", "GET"],
  ["HmacSHA256", "POST"],
  ["HmacSHA256", "GET"],
  ["HmacSHA1", "POST"],
  ["HmacSHA1", "GET"],
];

describe.each(signMethods)("tencentcloud-sdk-nodejs-common, %s %s", (signMethod, reqMethod) => {
  const clientOf = (version: string, secretKey = cloudKey.key) => {
    const endpoint = new URL(emulator.url).host;
    const credential = { secretId: cloudKey.id, secretKey };
    const httpProfile = { endpoint, reqMethod, protocol: "http://" };
    return new CommonClient(endpoint, version, { credential, profile: { signMethod, httpProfile } });
  };
  const refusal = (code: string) => ({
    code,
    requestId: expect.stringMatching(/./),
    message: expect.stringMatching(/./),
  });

  test("creates, lists and deletes a group of the face library", async () => {
    const client = clientOf("2018-03-01");
    const group = { GroupName: "人员库_1", GroupId: "%@#&_-", GroupExDescriptions: ["学号", "Major"], Tag: "tag" };
    expect(await client.request("CreateGroup", group)).toEqual({ RequestId: expect.stringMatching(/./) });
    expect((await client.request("GetGroupList", { Limit: 10 })).GroupInfos).toMatchObject([group]);
    const illegal = { ...group, GroupId: "a b" };
    await expect(client.request("CreateGroup", group)).rejects.toMatchObject(
      refusal("InvalidParameterValue.GroupIdAlreadyExist"),
    );
    await expect(client.request("CreateGroup", illegal)).rejects.toMatchObject(
      refusal("InvalidParameterValue.GroupIdIllegal"),
    );
    await client.request("DeleteGroup", { GroupId: group.GroupId });
    expect((await client.request("GetGroupList", {})).GroupInfos).toEqual([]);
  });

  test("creates a group and a user, adds and removes the user, and deletes both", async () => {
    const client = clientOf("2021-03-31");
    const ZoneId = emulator.provided["zone"];
    const { GroupId } = (await client.request("CreateGroup", { ZoneId, GroupName: "group" })).GroupInfo;
    const { UserId } = (await client.request("CreateUser", { ZoneId, UserName: "user" })).UserInfo;
    const member = { ZoneId, GroupId, UserId };
    await client.request("AddUserToGroup", member);
    expect((await client.request("ListGroupMembers", { ZoneId, GroupId })).GroupMembers).toMatchObject([{ UserId }]);
    await client.request("RemoveUserFromGroup", member);
    await expect(client.request("RemoveUserFromGroup", member)).rejects.toMatchObject(
      refusal("InvalidParameter.GroupUserNotExist"),
    );
    await client.request("DeleteUser", { ZoneId, UserId });
    await client.request("DeleteGroup", { ZoneId, GroupId });
    await expect(client.request("GetGroup", { ZoneId, GroupId })).rejects.toMatchObject(
      refusal("InvalidParameter.GroupNotExist"),
    );
  });

  test("is refused with a wrong key", async () => {
    await expect(clientOf("2018-03-01", "another").request("GetGroupList", {})).rejects.toMatchObject(
      refusal("AuthFailure.SignatureFailure"),
    );
  });
});

describe("@aws-sdk/client-rekognition", () => {
  const clientOf = (accessKeyId = awsKey.id, secretAccessKey = awsKey.key) =>
    new RekognitionClient({
      region: "us-east-1",
      endpoint: emulator.url,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
  /** The error of a refused call. */
  const errorOf = (sent: Promise<unknown>): Promise<unknown> =>
    sent.then(
      () => expect.fail("the call was accepted"),
      (error: unknown) => error,
    );

  test("creates and deletes a collection with a user, and throws the modelled exceptions", async () => {
    const client = clientOf();
    const CollectionId = "sdk.collection";
    const user = { CollectionId, UserId: "sdk:user" };
    const token = { ClientRequestToken: "550e8400-e29b-41d4-a716-446655440001" };

    expect(await client.send(new CreateCollectionCommand({ CollectionId }))).toMatchObject({ StatusCode: 200 });
    expect(await errorOf(client.send(new CreateCollectionCommand({ CollectionId })))).toBeInstanceOf(
      ResourceAlreadyExistsException,
    );
    await client.send(new CreateUserCommand(user));
    expect(await errorOf(client.send(new CreateUserCommand(user)))).toBeInstanceOf(ConflictException);
    expect((await client.send(new ListUsersCommand({ CollectionId }))).Users).toMatchObject([{ UserId: "sdk:user" }]);

    const { $metadata } = await client.send(new DeleteUserCommand({ ...user, ...token }));
    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/./), attempts: 1 });
    await client.send(new DeleteUserCommand({ ...user, ...token }));
    expect(await errorOf(client.send(new DeleteUserCommand({ ...user, ...token, UserId: "other" })))).toBeInstanceOf(
      IdempotentParameterMismatchException,
    );
    const missing = await errorOf(client.send(new DeleteUserCommand(user)));
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringMatching(/./),
      Code: "ResourceNotFoundException",
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/./) },
    });
    expect(await errorOf(client.send(new DeleteUserCommand({ ...user, UserId: "a b" })))).toBeInstanceOf(
      InvalidParameterException,
    );
    expect(await client.send(new DeleteCollectionCommand({ CollectionId }))).toMatchObject({ StatusCode: 200 });
    expect(await errorOf(client.send(new ListUsersCommand({ CollectionId })))).toBeInstanceOf(
      ResourceNotFoundException,
    );
    client.destroy();
  });

  test.each([
    ["a wrong secret", awsKey.id, "another", "InvalidSignatureException"],
    ["an unknown key", "AKIDUNKNOWN", awsKey.key, "UnrecognizedClientException"],
  ])("is refused with %s, by an exception that the service does not model", async (_, id, key, name) => {
    const client = clientOf(id, key);
    const error = await errorOf(client.send(new ListUsersCommand({ CollectionId: "c" })));
    expect(error).toBeInstanceOf(RekognitionServiceException);
    expect(error).toMatchObject({ name, message: expect.stringMatching(/./), $metadata: { httpStatusCode: 400 } });
    client.destroy();
  });
});

describe("tls-sig-api-v2", () => {
  const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
  const getOwnRole = (key: string) =>
    imPost(
      emulator.url,
      "group_open_http_svc/get_role_in_group",
      { GroupId: emulator.provided["broadcast-group"], User_Account: [imKey.id] },
      new Api(imKey.app, key).genUserSig(imKey.id, 86400),
    );

  test("creates a UserSig that the emulator accepts", async () => {
    const response = await getOwnRole(imKey.key);
    expect(imCode(response)).toBe("accepted");
    expect(JSON.parse(response.text)).toMatchObject({ UserIdList: [{ Member_Account: imKey.id, Role: "Owner" }] });
  });

  test("creates one that is refused, with a wrong key", async () => {
    expect(imCode(await getOwnRole("another"))).toBe("70009");
  });
});

describe("a strict emulator refuses what a leniency accepts:", () => {
  const deviations: [string, (service: TencentService) => TencentService, string][] = [
    [
      "a signed host without the port of the Host header",
      (service) => ({ ...service, host: new URL(service.url).hostname }),
      "AuthFailure.SignatureFailure",
    ],
    [
      "the first label of the host address as the service of the credential scope",
      (service) => ({ ...service, scope: "127" }),
      "AuthFailure.InvalidAuthorization",
    ],
  ];
  test.each(deviations)("%s", async (_, deviate, code) => {
    for (const strict of [false, true]) {
      const server = await startEmulator({ strict, now: () => fixedTime });
      const service = { url: server.url, scope: "iai", version: "2018-03-01" };
      const list = async (called: TencentService) => cloudCode(await tc3Post(called, "GetGroupList", {}));
      expect(await list(service)).toBe("accepted");
      expect(await list(deviate(service))).toBe(strict ? code : "accepted");
      expect(await list({ ...service, host: "elsewhere" })).toBe("AuthFailure.SignatureFailure");
      expect(await list({ ...service, scope: "cvm" })).toBe("AuthFailure.InvalidAuthorization");
      await server.close();
    }
  });

  test("the parameter RequestClient of signature version 1", async () => {
    for (const strict of [false, true]) {
      const server = await startEmulator({ strict, now: () => fixedTime });
      const pairs = { Action: "GetGroupList", Version: "2018-03-01" };
      const list = async (extra: Pairs) => cloudCode(await v1Send("GET", server.url, { ...pairs, ...extra }));
      expect(await list({})).toBe("accepted");
      expect(await list({ RequestClient: "SDK" })).toBe(strict ? "UnknownParameter" : "accepted");
      await server.close();
    }
  });
});
