/** Servers that misbehave on purpose; loopback only. */
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";

export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

const listening = (server: Server | ReturnType<typeof createSocketServer>): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

export async function startServer(listener: RequestListener): Promise<Serving> {
  const server = createServer(listener);
  const url = await listening(server);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const startFixedServer = (status: number, type: string, body: string | Buffer): Promise<Serving> =>
  startServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status, { "content-type": type }).end(body));
  });

/** Takes connections and never says a word. */
export async function startUnresponsiveServer(): Promise<Serving> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  const url = await listening(server);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<string> {
  const serving = await startServer(() => undefined);
  await serving.close();
  return serving.url;
}
