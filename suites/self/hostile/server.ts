/** Small test servers on loopback. */
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";

export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

const listen = (server: Server | ReturnType<typeof createSocketServer>): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

export async function startServer(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  const url = await listen(server);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Gives every request the same response. */
export const startFixedServer = (status: number, type: string, body: string | Buffer): Promise<TestServer> =>
  startServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status, { "content-type": type }).end(body));
  });

/** Accepts connections and never responds. */
export async function startUnresponsiveServer(): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  const url = await listen(server);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The URL of a loopback port that no server listens on. */
export async function closedPort(): Promise<string> {
  const server = await startServer(() => undefined);
  await server.close();
  return server.url;
}
