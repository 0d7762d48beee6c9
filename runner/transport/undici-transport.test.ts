/** The transport against servers on loopback: whole answers, cut ones, and each way to get none. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { HttpRequest, Timeouts } from "../model/index.ts";
import { createUndiciTransport } from "./undici-transport.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function transport(maxBodyBytes?: number) {
  const made = createUndiciTransport({ ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }) });
  ends.push(() => made.close());
  return made;
}

const get: HttpRequest = { method: "GET", path: "/", headers: [], body: "" };
const post: HttpRequest = { method: "POST", path: "/a?b=%20", headers: [["X-Case", "Kept"]], body: "深" };
const within = (ms: number): Timeouts => ({ connect: ms, headers: ms, body: ms, total: ms });
const minute = within(60_000);

test("the request goes out as it stands, and the answer comes back whole", async () => {
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
  const answer = await transport().send(url, post, minute);
  if ("reason" in answer) throw new Error(answer.detail);
  expect(answer.status).toBe(418);
  expect(Buffer.from(answer.body).toString()).toBe("POST /a?b=%20 true 深");
  expect(answer.headers.filter(([name]) => name === "x-twice")).toEqual([
    ["x-twice", "1"],
    ["x-twice", "2"],
  ]);
  expect(answer.cut).toBeUndefined();
});

test("an answer beyond the cap is cut", async () => {
  const url = await serve((_request, response) => void response.end("x".repeat(1 << 20)));
  const answer = await transport(1000).send(url, get, minute);
  expect(answer).toMatchObject({ status: 200, cut: true });
});

test("no answer in time is a timeout, and the next exchange goes through", async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    if (asked++ > 0) response.end("late");
  });
  const wire = transport();
  expect(await wire.send(url, get, within(1))).toMatchObject({ reason: "timeout" });
  expect(await wire.send(url, get, minute)).toMatchObject({ status: 200 });
});

test("a connection that breaks is a reset", async () => {
  const url = await serve((request) => void request.socket.destroy());
  expect(await transport().send(url, get, minute)).toMatchObject({ reason: "reset" });
});

test("a port where nobody listens is a refusal", async () => {
  const url = await serve(() => undefined);
  await Promise.all(ends.splice(0).map((end) => end()));
  expect(await transport().send(url, get, minute)).toMatchObject({ reason: "refused" });
});

test("what undici itself refuses was never sent", async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked++;
    response.end();
  });
  const answer = await transport().send(url, { ...get, headers: [["X-Broken", "a\r\nb"]] }, minute);
  expect(answer).toMatchObject({ reason: "unsent" });
  expect(asked).toBe(0);
});
