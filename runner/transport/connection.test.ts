/** How connections are made: TLS certificates, proxies, and a timeout for each phase. */
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpRequest, Timeouts } from "../model/index.ts";
import { proxyFor, proxySettings } from "./proxy.ts";
import { createUndiciTransport, type UndiciOptions } from "./undici-transport.ts";

/** Key and self-signed certificate of a server on loopback. */
const pem = readFileSync(join(import.meta.dirname, "loopback.pem"), "utf8");

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const secureServer = async () => {
  const server = createHttpsServer({ key: pem, cert: pem }, (_request, response) => void response.end("secret"));
  return `https://127.0.0.1:${await listen(server)}`;
};

function transport(options: UndiciOptions = {}) {
  const created = createUndiciTransport(options);
  cleanups.push(() => created.close());
  return created;
}

const get: HttpRequest = { method: "GET", path: "/", headers: [], body: "" };
const timeouts = (connect: number, headers = connect, body = headers, total = connect + headers + body): Timeouts => ({
  connect,
  headers,
  body,
  total,
});
const ample = timeouts(60_000);

describe("TLS", () => {
  test("a certificate of an unknown authority is refused, and nothing is sent", async () => {
    expect(await transport().send(await secureServer(), get, ample)).toMatchObject({ reason: "refused" });
  });

  test("a certificate of the authority in the target file is accepted", async () => {
    const url = await secureServer();
    const tls = new Map([[url, { ca: pem, insecure: false }]]);
    expect(await transport({ tls }).send(url, get, ample)).toMatchObject({ status: 200 });
  });

  test("insecure accepts any certificate, but only of that origin", async () => {
    const [url, other] = [await secureServer(), await secureServer()];
    const insecureTransport = transport({ tls: new Map([[url, { insecure: true }]]) });
    expect(await insecureTransport.send(url, get, ample)).toMatchObject({ status: 200 });
    expect(await insecureTransport.send(other, get, ample)).toMatchObject({ reason: "refused" });
  });
});

describe("a proxy", () => {
  /** Opens every tunnel to one server, whatever host is asked for. */
  async function proxy(serverUrl: string) {
    const requestedHosts: string[] = [];
    const server = createHttpServer();
    server.on("connect", ({ url = "" }, client: Socket) => {
      requestedHosts.push(url);
      const upstream = connect(Number(new URL(serverUrl).port), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      for (const socket of [client, upstream]) socket.on("error", () => undefined);
    });
    return { url: `http://127.0.0.1:${await listen(server)}`, requestedHosts };
  }

  test("tunnels connections to other machines", async () => {
    const { url, requestedHosts } = await proxy(await secureServer());
    const origin = "https://iai.tencentcloudapi.com";
    const proxied = transport({
      tls: new Map([[origin, { insecure: true }]]),
      proxies: proxySettings({ HTTPS_PROXY: url, NO_PROXY: "other.example" }),
    });
    const response = await proxied.send(origin, get, ample);
    expect("reason" in response ? response.detail : Buffer.from(response.body).toString()).toBe("secret");
    expect(requestedHosts).toEqual(["iai.tencentcloudapi.com:443"]);
  });

  test("a connection that is closed behind it is none that the server closed", async () => {
    const server = createHttpsServer({ key: pem, cert: pem }, ({ socket }) => void socket.destroy());
    const { url } = await proxy(`https://127.0.0.1:${await listen(server)}`);
    const origin = "https://iai.tencentcloudapi.com";
    const tls = new Map([[origin, { insecure: true as const }]]);
    const response = await transport({ tls, proxies: proxySettings({ HTTPS_PROXY: url }) }).send(origin, get, ample);
    expect(response).toMatchObject({ reason: "reset" });
    expect(response).not.toHaveProperty("byServer");
  });

  test("accepts host:port as curl does; the error for another value names the variable and not the value", () => {
    expect(proxySettings({ HTTPS_PROXY: "proxy.example:3128" }).https).toBe("http://proxy.example:3128");
    for (const badUrl of ["http://u:se%cret@x:1", "socks5://secret@x:1", "http://sec ret:1"])
      expect(() => proxySettings({ HTTPS_PROXY: badUrl })).toThrow(/^HTTPS_PROXY is not the URL(?!.*sec)/);
  });

  test.each<[string, string, NodeJS.ProcessEnv, boolean]>([
    ["https", "https://a.example", { https_proxy: "http://p:1" }, true],
    ["https with a proxy for http only", "https://a.example", { http_proxy: "http://p:1" }, false],
    ["http", "http://a.example", { HTTP_PROXY: "http://p:1" }, true],
    ["loopback", "http://127.0.0.1:8080", { HTTP_PROXY: "http://p:1" }, false],
    ["loopback by name", "https://localhost", { HTTPS_PROXY: "http://p:1" }, false],
    ["no variables", "https://a.example", {}, false],
  ])("is used or not: %s", (_, origin, environment, isUsed) => {
    expect(proxyFor(origin, proxySettings(environment)) !== undefined).toBe(isUsed);
  });
});

describe("each phase has a timeout", () => {
  const silentServer = async () => `http://127.0.0.1:${await listen(createTcpServer((socket) => socket.resume()))}`;

  test("no connection counts as refused, because the server cannot have seen the request", async () => {
    // A server that accepts the connection and never begins the TLS handshake.
    const url = (await silentServer()).replace("http:", "https:");
    expect(await transport().send(url, get, timeouts(150, 60_000))).toMatchObject({
      reason: "refused",
      detail: "no connection within 0.15 s",
    });
  });

  test("no headers", async () => {
    const response = await transport().send(await silentServer(), get, timeouts(60_000, 150, 60_000));
    expect(response).toEqual({ reason: "timeout", detail: "no response headers within 0.15 s" });
  });

  test("a body that never ends", async () => {
    const server = createHttpServer((_request, response) => {
      response.write("a");
      const interval = setInterval(() => response.write("b"), 20);
      response.on("close", () => clearInterval(interval));
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const response = await transport().send(url, get, timeouts(60_000, 60_000, 300));
    expect(response).toEqual({ reason: "timeout", detail: "no complete response within 0.3 s" });
  });

  test("interim responses without end", async () => {
    const server = createTcpServer((socket) => {
      const interval = setInterval(() => socket.write("HTTP/1.1 103 Early Hints\r\n\r\n"), 20);
      socket.on("close", () => clearInterval(interval));
      socket.on("error", () => undefined);
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const response = await transport().send(url, get, timeouts(60_000, 300, 60_000));
    expect(response).toMatchObject({ reason: "timeout" });
  });
});
