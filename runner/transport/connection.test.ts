/** How a connection is made: whom it believes, through whom it goes, and how long each part may take. */
import { readFileSync } from "node:fs";
import { createServer as createPlain, type Server } from "node:http";
import { createServer as createSecure } from "node:https";
import { type AddressInfo, connect, createServer as createRaw, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpRequest, Timeouts } from "../model/index.ts";
import { proxyFor, proxySettings } from "./proxy.ts";
import { createUndiciTransport, type UndiciOptions } from "./undici-transport.ts";

/** Key and certificate of a server on loopback; nobody else believes them. */
const pem = readFileSync(join(import.meta.dirname, "loopback.pem"), "utf8");

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening(server: Server | ReturnType<typeof createRaw>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const secure = async () => {
  const server = createSecure({ key: pem, cert: pem }, (_request, response) => void response.end("secret"));
  return `https://127.0.0.1:${await listening(server)}`;
};

function transport(options: UndiciOptions = {}) {
  const made = createUndiciTransport(options);
  ends.push(() => made.close());
  return made;
}

const get: HttpRequest = { method: "GET", path: "/", headers: [], body: "" };
const ms = (connect: number, headers = connect, body = headers, total = connect + headers + body): Timeouts => ({
  connect,
  headers,
  body,
  total,
});
const ample = ms(60_000);

describe("TLS", () => {
  test("a certificate that nobody vouches for is not believed, and nothing is sent", async () => {
    expect(await transport().send(await secure(), get, ample)).toMatchObject({ reason: "refused" });
  });

  test("one that the target's own authority vouches for is", async () => {
    const url = await secure();
    const tls = new Map([[url, { ca: pem, insecure: false }]]);
    expect(await transport({ tls }).send(url, get, ample)).toMatchObject({ status: 200 });
  });

  test("insecure believes anybody, at that origin and at no other", async () => {
    const [url, other] = [await secure(), await secure()];
    const wire = transport({ tls: new Map([[url, { insecure: true }]]) });
    expect(await wire.send(url, get, ample)).toMatchObject({ status: 200 });
    expect(await wire.send(other, get, ample)).toMatchObject({ reason: "refused" });
  });
});

describe("a proxy", () => {
  /** Opens tunnels to one place, whatever is asked for. */
  async function proxy(to: string) {
    const asked: string[] = [];
    const server = createPlain();
    server.on("connect", ({ url = "" }, client: Socket) => {
      asked.push(url);
      const far = connect(Number(new URL(to).port), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        far.pipe(client).pipe(far);
      });
      for (const socket of [client, far]) socket.on("error", () => undefined);
    });
    return { url: `http://127.0.0.1:${await listening(server)}`, asked };
  }

  test("is asked for a tunnel to what is not on this machine", async () => {
    const { url, asked } = await proxy(await secure());
    const origin = "https://iai.tencentcloudapi.com";
    const wire = transport({
      tls: new Map([[origin, { insecure: true }]]),
      proxies: proxySettings({ HTTPS_PROXY: url, NO_PROXY: "other.example" }),
    });
    const answer = await wire.send(origin, get, ample);
    expect("reason" in answer ? answer.detail : Buffer.from(answer.body).toString()).toBe("secret");
    expect(asked).toEqual(["iai.tencentcloudapi.com:443"]);
  });

  test("a bare host and port is meant as curl means it; what is no address is named, and its value is not", () => {
    expect(proxySettings({ HTTPS_PROXY: "proxy.example:3128" }).https).toBe("http://proxy.example:3128");
    for (const bad of ["http://u:se%cret@x:1", "socks5://secret@x:1", "http://sec ret:1"])
      expect(() => proxySettings({ HTTPS_PROXY: bad })).toThrow(/^HTTPS_PROXY is no address(?!.*sec)/);
  });

  test.each<[string, string, NodeJS.ProcessEnv, boolean]>([
    ["https", "https://a.example", { https_proxy: "http://p:1" }, true],
    ["https by the proxy for http", "https://a.example", { http_proxy: "http://p:1" }, false],
    ["http", "http://a.example", { HTTP_PROXY: "http://p:1" }, true],
    ["loopback", "http://127.0.0.1:8080", { HTTP_PROXY: "http://p:1" }, false],
    ["loopback by name", "https://localhost", { HTTPS_PROXY: "http://p:1" }, false],
    ["nothing named", "https://a.example", {}, false],
  ])("%s", (_, origin, environment, asked) => {
    expect(proxyFor(origin, proxySettings(environment)) !== undefined).toBe(asked);
  });
});

describe("each part has its time", () => {
  const silent = async () => `http://127.0.0.1:${await listening(createRaw((socket) => socket.resume()))}`;

  test("no connection: nobody has seen the request", async () => {
    // A server that takes the connection and never begins to speak TLS.
    const url = (await silent()).replace("http:", "https:");
    expect(await transport().send(url, get, ms(150, 60_000))).toMatchObject({
      reason: "refused",
      detail: "no connection within 0.15 s",
    });
  });

  test("no headers", async () => {
    const answer = await transport().send(await silent(), get, ms(60_000, 150, 60_000));
    expect(answer).toEqual({ reason: "timeout", detail: "no headers of an answer within 0.15 s" });
  });

  test("a body drop by drop", async () => {
    const server = createPlain((_request, response) => {
      response.write("a");
      const drops = setInterval(() => response.write("b"), 20);
      response.on("close", () => clearInterval(drops));
    });
    const url = `http://127.0.0.1:${await listening(server)}`;
    const answer = await transport().send(url, get, ms(60_000, 60_000, 300));
    expect(answer).toEqual({ reason: "timeout", detail: "no whole answer within 0.3 s" });
  });

  test("promises of an answer, without end", async () => {
    const server = createRaw((socket) => {
      const drops = setInterval(() => socket.write("HTTP/1.1 103 Early Hints\r\n\r\n"), 20);
      socket.on("close", () => clearInterval(drops));
      socket.on("error", () => undefined);
    });
    const url = `http://127.0.0.1:${await listening(server)}`;
    const answer = await transport().send(url, get, ms(60_000, 300, 60_000));
    expect(answer).toMatchObject({ reason: "timeout" });
  });
});
