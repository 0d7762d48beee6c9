/** The server on a socket: malformed HTTP, large bodies, rate limits, start and close. */
import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { HttpRequest } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { type EmulatorServer, type ServerOptions, startEmulatorServer } from "./server.ts";
import { createInProcessClient, FIXED_NOW } from "./testing/in-process-client.ts";

const specs = loadSpecs(builtInSpecs());
const started: EmulatorServer[] = [];
const start = async (options: Partial<ServerOptions> = {}): Promise<EmulatorServer> => {
  const emulator = await startEmulatorServer({ specs, now: () => FIXED_NOW, requestId: () => "request", ...options });
  started.push(emulator);
  return emulator;
};

afterEach(async () => {
  for (const emulator of started.splice(0)) await emulator.close();
});

/** Sends a request unchanged and returns status and body. */
const send = (
  { port }: EmulatorServer,
  { method, path, headers, body }: HttpRequest,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host: "127.0.0.1", method, path, headers: headers.flat() as string[], agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });

/** Sends text on a plain socket and returns all that the server sends. */
const raw = ({ port }: EmulatorServer, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let responseText = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (responseText += chunk.toString()));
    socket.on("end", () => resolve(responseText));
    socket.on("error", reject);
  });

const signed = (id: string, members = {}): HttpRequest => createInProcessClient(specs).sign(id, members);

describe("the server", () => {
  it("serves a signed call and counts its resources", async () => {
    const emulator = await start();
    const response = await send(emulator, signed("tencent/iai/CreateGroup", { GroupName: "n", GroupId: "g" }));
    expect(response).toEqual({ status: 200, body: '{"Response":{"RequestId":"request"}}' });
    expect(emulator.state()["tencent/iai"]).toEqual({ groups: 1, persons: 0 });
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
  });

  it("starts every time with the provided resources and nothing else", async () => {
    const emulator = await start();
    expect(emulator.state()).toEqual({
      "tencent/iai": { groups: 0, persons: 0 },
      "tencent/organization": { zones: 1, groups: 1, users: 0 },
      "tencent/im": { accounts: 1, groups: 1 },
      "tencent/sts": {},
      "aws/rekognition": { collections: 0, users: 0 },
    });
  });

  it("refuses a body over 10 MB in the envelope of its service", async () => {
    const emulator = await start();
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, " ");
    const responseText = async (id: string) => (await send(emulator, { ...signed(id), body })).body;
    expect(await responseText("tencent/iai/CreateGroup")).toContain("RequestSizeLimitExceeded");
    expect(await responseText("tencent/im/destroy_group")).toContain("80002");
    expect(await responseText("aws/rekognition/DeleteUser")).toContain("RequestEntityTooLargeException");
  });

  it("refuses a query over 32 KB in an envelope", async () => {
    const emulator = await start();
    const { path, ...rest } = createInProcessClient(specs).sign(
      "tencent/iai/CreateGroup",
      { GroupName: "n", GroupId: "x".repeat(33_000) },
      "tc3-get",
    );
    expect(await send(emulator, { ...rest, path })).toMatchObject({
      status: 200,
      body: expect.stringContaining("RequestSizeLimitExceeded"),
    });
  });

  it("enforces the documented rate limit if the option is set, and counts the calls", async () => {
    const emulator = await start({ enforceRateLimits: true });
    const list = "tencent/iai/GetGroupList";
    const responses = await Promise.all(Array.from({ length: 53 }, () => send(emulator, signed(list))));
    expect(responses.filter((r) => r.body.includes("RequestLimitExceeded"))).toHaveLength(3);
    expect([emulator.peakPerSecond(), emulator.throttled()]).toEqual([{ [list]: 53 }, 3]);
  });

  it("answers bytes that are not HTTP with status 400, and keeps serving", async () => {
    const emulator = await start();
    expect(await raw(emulator, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await raw(emulator, "GET /?%%%&__proto__=1&a.b.c=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    ).toContain("MissingParameter");
    expect(await raw(emulator, "GET /v4/?usersig=%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toContain(
      "60002",
    );
  });

  it("closes at once, idle connections included", async () => {
    const emulator = await startEmulatorServer({ specs });
    const socket = connect(emulator.port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    await new Promise((resolve) => socket.on("connect", resolve));
    await emulator.close();
    await closed;
    await expect(send(emulator, signed("tencent/iai/GetGroupList"))).rejects.toThrow();
  });

  it("does not start with an unknown fault or on a port in use", async () => {
    await expect(startEmulatorServer({ specs, faults: ["nothing"] })).rejects.toThrow(/unknown fault "nothing"/);
    const { port } = await start();
    await expect(startEmulatorServer({ specs, port })).rejects.toThrow(/EADDRINUSE/);
  });
});
