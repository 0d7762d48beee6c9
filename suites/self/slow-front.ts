/** The emulator behind a front that takes its time, so that whatever happens finds a run at work. */
import { request as forward } from "node:http";
import { startEmulator } from "../harness.ts";
import { answering, type Serving } from "./hostile-server.ts";

export interface SlowFront extends Serving {
  /** Resolves once so many requests have come. */
  asked(n: number): Promise<void>;
  /** What the emulator holds beyond what a fresh one does. */
  held(): number;
}

/** `ms`: milliseconds before each answer. */
export async function slowFront(ms: number): Promise<SlowFront> {
  const emulator = await startEmulator();
  const total = () =>
    Object.values(emulator.state())
      .flatMap((service) => Object.values(service))
      .reduce((a, b) => a + b, 0);
  const fresh = total();
  const target = new URL(emulator.url);
  let seen = 0;
  let waiting = () => {};
  const front = await answering((incoming, answer) => {
    seen++;
    waiting();
    const { method, url: path, headers } = incoming;
    const onward = forward({ host: target.hostname, port: target.port, method, path, headers }, (reply) => {
      setTimeout(() => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      }, ms);
    });
    // Whoever asked may be gone.
    onward.on("error", () => answer.destroy());
    incoming.on("error", () => onward.destroy());
    incoming.pipe(onward);
  });
  return {
    url: front.url,
    asked: (n) =>
      new Promise((resolve) => {
        waiting = () => {
          if (seen >= n) resolve();
        };
        waiting();
      }),
    held: () => total() - fresh,
    close: async () => {
      await front.close();
      await emulator.close();
    },
  };
}
