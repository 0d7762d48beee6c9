/** The transport against servers on loopback: complete responses, cut ones, and each reason for none. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { HttpRequest, Timeouts } from "../model/index.ts";
import { createUndiciTransport } from "./undici-transport.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0)) await cleanUp();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function transport(maxBodyBytes?: number) {
  const created = createUndiciTransport({ ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }) });
  cleanups.push(() => created.close());
  return created;
}

const get: HttpRequest = { method: "GET", path: "/", headers: [], body: "" };
const post: HttpRequest = { method: "POST", path: "/a?b=%20", headers: [["X-Case", "Kept"]], body: "深" };
const timeouts = (ms: number): Timeouts => ({ connect: ms, headers: ms, body: ms, total: ms });
const minute = timeouts(60_000);

test("the request is sent unchanged, and the response is returned complete", async () => {
  const url = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(
        418,
        [
          ["X-Twice", "1"],
          ["X-Twice", "2"],
        ].flat(),
      );
      response.write(`${request.method} ${request.url} `);
      response.end(`${request.rawHeaders.includes("X-Case")} ${Buffer.concat(chunks).toString()}`);
    });
  });
  const response = await transport().send(url, post, minute);
  if ("reason" in response) throw new Error(response.detail);
  expect(response.status).toBe(418);
  expect(Buffer.from(response.body).toString()).toBe("POST /a?b=%20 true 深");
  expect(response.headers.filter(([name]) => name === "x-twice")).toEqual([
    ["x-twice", "1"],
    ["x-twice", "2"],
  ]);
  expect(response.cut).toBeUndefined();
});

test("a body that is larger than the limit is cut", async () => {
  const url = await serve((_request, response) => void response.end("x".repeat(1 << 20)));
  const response = await transport(1000).send(url, get, minute);
  expect(response).toMatchObject({ status: 200, cut: true });
});

test("no response in time is a timeout, and the next exchange succeeds", async () => {
  let requests = 0;
  const url = await serve((_request, response) => {
    if (requests++ > 0) response.end("late");
  });
  const sharedTransport = transport();
  expect(await sharedTransport.send(url, get, timeouts(1))).toMatchObject({ reason: "timeout" });
  expect(await sharedTransport.send(url, get, minute)).toMatchObject({ status: 200 });
});

test("a connection that is closed early is a reset by the server", async () => {
  const url = await serve((request) => void request.socket.destroy());
  expect(await transport().send(url, get, minute)).toMatchObject({ reason: "reset", byServer: true });
});

test("a response that is no HTTP is a reset, but none by the server", async () => {
  const url = await serve((request) => void request.socket.write("HTTP/1.1 yes\r\n\r\n"));
  const response = await transport().send(url, get, minute);
  expect(response).toMatchObject({ reason: "reset" });
  expect(response).not.toHaveProperty("byServer");
});

test("a connection that the server closes after its response: the next call is lost, and no connection is reused after that", async () => {
  const sockets = new Set<unknown>();
  const url = await serve(({ socket }, response) => {
    if (sockets.has(socket)) socket.destroy();
    else response.end("ok");
    sockets.add(socket);
  });
  const sharedTransport = transport();
  const send = () => sharedTransport.send(url, get, minute);
  expect(await send()).toMatchObject({ status: 200 });
  expect(await send()).toMatchObject({ reason: "reset", reused: true });
  for (let i = 0; i < 3; i++) expect(await send()).toMatchObject({ status: 200 });
  expect(sockets.size).toBe(4);
});

test("a connection that is closed at its first call is not called reused", async () => {
  const url = await serve((request) => void request.socket.destroy());
  expect(await transport().send(url, get, minute)).not.toHaveProperty("reused");
});

test("a port on which no server listens is a refusal", async () => {
  const url = await serve(() => undefined);
  await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()));
  expect(await transport().send(url, get, minute)).toMatchObject({ reason: "refused", byServer: true });
});

test("a request that undici refuses is unsent", async () => {
  let requests = 0;
  const url = await serve((_request, response) => {
    requests++;
    response.end();
  });
  const response = await transport().send(url, { ...get, headers: [["X-Broken", "a\r\nb"]] }, minute);
  expect(response).toMatchObject({ reason: "unsent" });
  expect(requests).toBe(0);
});
