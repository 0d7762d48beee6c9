/** Hostile connections: closed, reset, silent, slow, out of step, or no HTTP at all. */
import { randomBytes } from "node:crypto";
import {
  everywhere,
  expectAnyOf,
  expectIndeterminate,
  expectPassed,
  expectRandom,
  type HostileBehaviour,
  MAX_CASES_PER_BEHAVIOUR,
  type ResponseWriter,
} from "./behaviour.ts";
import { head, message, sendAll, sendSlowly, untilClosed, verbatim } from "./raw-response.ts";

/** Half of an answer: so many bytes of it, or all but so many. */
const part = ({ answer }: ResponseWriter, bytes: number): Buffer => verbatim(answer).subarray(0, bytes);
const headOf = (telling: ResponseWriter): number => verbatim(telling.answer).indexOf("\r\n\r\n") + 4;

const never = () => undefined;

/** Says these bytes to everyone, whatever they ask. */
const greeting = (id: string, bytes: string | Buffer): HostileBehaviour => ({
  id: `connection/${id}`,
  comes: expectIndeterminate,
  tell: ({ socket }) => void socket.write(bytes),
});

const refusal = JSON.stringify({ Response: { Error: { Code: "InvalidParameter", Message: "" }, RequestId: "r" } });

export const connections: readonly HostileBehaviour[] = [
  {
    id: "connection/closed-at-once",
    comes: expectIndeterminate,
    tell: never,
    connected: (socket) => void socket.destroy(),
  },
  {
    id: "connection/reset-at-once",
    comes: expectIndeterminate,
    tell: never,
    connected: (socket) => void socket.resetAndDestroy(),
  },
  {
    id: "connection/closed-at-the-first-byte",
    comes: expectIndeterminate,
    tell: never,
    connected: (socket) => void socket.once("data", () => socket.destroy()),
  },
  {
    id: "connection/closed-before-the-answer",
    comes: expectIndeterminate,
    whens: everywhere,
    tell: ({ socket }) => void socket.destroy(),
  },
  {
    id: "connection/reset-before-the-answer",
    comes: expectIndeterminate,
    whens: everywhere,
    tell: ({ socket }) => void socket.resetAndDestroy(),
  },
  { id: "connection/silent", comes: expectIndeterminate, waits: true, whens: everywhere, tell: never },
  {
    id: "connection/slow-status-line",
    comes: expectIndeterminate,
    waits: true,
    tell: (t) => sendSlowly(t.socket, verbatim(t.answer), 3),
  },
  {
    id: "connection/slow-headers",
    comes: expectIndeterminate,
    waits: true,
    tell: (t) => sendSlowly(t.socket, verbatim(t.answer), 20),
  },
  {
    id: "connection/slow-body",
    comes: expectIndeterminate,
    waits: true,
    whens: MAX_CASES_PER_BEHAVIOUR,
    tell: (t) => {
      const { status, headers, body } = t.answer;
      const padded = message(status, headers, Buffer.concat([Buffer.alloc(500, 0x20), body]));
      sendSlowly(t.socket, padded, padded.indexOf("\r\n\r\n") + 4);
    },
  },
  { id: "connection/closed-amid-status-line", comes: expectIndeterminate, tell: (t) => void t.socket.end(part(t, 9)) },
  {
    id: "connection/closed-amid-headers",
    comes: expectIndeterminate,
    tell: (t) => void t.socket.end(part(t, headOf(t) - 5)),
  },
  {
    id: "connection/closed-before-body",
    comes: expectIndeterminate,
    tell: (t) => void t.socket.end(part(t, headOf(t))),
  },
  {
    id: "connection/closed-amid-body",
    comes: expectIndeterminate,
    whens: everywhere,
    tell: (t) => void t.socket.end(part(t, headOf(t) + 1)),
  },
  {
    id: "connection/reset-amid-body",
    comes: expectIndeterminate,
    tell: (t) => void t.socket.write(part(t, headOf(t) + 1), () => t.socket.resetAndDestroy()),
  },
  // Nothing says beforehand that the connection goes: who is quick sends the next call into the void.
  {
    id: "connection/closed-after-answer",
    comes: expectAnyOf,
    whens: everywhere,
    tell: (t) => void t.socket.end(verbatim(t.answer)),
  },
  {
    id: "connection/reset-after-answer",
    comes: expectAnyOf,
    tell: (t) => void t.socket.write(verbatim(t.answer), () => t.socket.resetAndDestroy()),
  },
  {
    id: "connection/reset-on-second-call",
    comes: expectAnyOf,
    tell: (t) => void (t.nth % 2 === 0 ? t.socket.resetAndDestroy() : t.socket.write(verbatim(t.answer))),
  },
  { id: "connection/framed-by-its-end", comes: expectPassed, tell: (t) => untilClosed(t.socket, t.answer) },
  {
    id: "connection/second-answer-behind",
    comes: expectPassed,
    whens: everywhere,
    tell: (t) => void t.socket.write(Buffer.concat([verbatim(t.answer), message(200, [], refusal)])),
  },
  {
    id: "connection/garbage-behind",
    comes: expectPassed,
    whens: everywhere,
    tell: (t) => void t.socket.write(Buffer.concat([verbatim(t.answer), randomBytes(1000)])),
  },
  {
    id: "connection/line-ends-behind",
    comes: expectPassed,
    tell: (t) => void t.socket.write(Buffer.concat([verbatim(t.answer), Buffer.from("\r\n\r\n")])),
  },
  {
    id: "connection/garbage-later",
    comes: expectAnyOf,
    tell: (t) => {
      t.socket.write(verbatim(t.answer));
      setTimeout(() => t.socket.write(randomBytes(1000)), 5);
    },
  },
  {
    // Nothing in HTTP tells whose it is: a call that it meets is answered wrongly, and that is what the target did.
    id: "connection/second-answer-later",
    comes: expectRandom,
    tell: (t) => {
      t.socket.write(verbatim(t.answer));
      setTimeout(() => t.socket.write(message(200, [["content-type", "application/json"]], refusal)), 5);
    },
  },
  {
    id: "connection/answer-before-the-call",
    comes: { accepted: ["failed", "indeterminate"], refused: ["failed", "indeterminate"] },
    tell: never,
    connected: (socket) => void socket.end(message(200, [["content-type", "application/json"]], refusal)),
  },
  {
    id: "connection/answers-swapped",
    comes: expectRandom,
    whens: everywhere,
    tell: (t) => {
      const other = t.held.pop();
      if (other) {
        other.socket.write(verbatim(t.answer));
        t.socket.write(verbatim(other.answer));
        return;
      }
      t.held.push(t);
      // The last one has nobody to swap with.
      setTimeout(() => {
        const at = t.held.indexOf(t);
        if (at >= 0) t.held.splice(at, 1)[0]?.socket.write(verbatim(t.answer));
      }, 50);
    },
  },
  greeting("tls", Buffer.from([0x15, 3, 3, 0, 2, 2, 40])),
  greeting("http-2", Buffer.from("000012040000000000000300000064000400100000000600004000", "hex")),
  greeting("http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  greeting("ssh", "SSH-2.0-OpenSSH_9.6\r\n"),
  greeting("random-bytes", randomBytes(64 * 1024)),
  greeting("zeros", Buffer.alloc(64 * 1024)),
  { id: "connection/http-0.9", comes: expectIndeterminate, tell: (t) => void t.socket.end(t.answer.body) },
  { id: "connection/echo", comes: expectIndeterminate, tell: (t) => void t.socket.write(t.request) },
  {
    // A client has to take it for what it is; undici takes it for a breach.
    id: "connection/100-continue-unasked",
    comes: expectAnyOf,
    tell: (t) => void t.socket.write(Buffer.concat([Buffer.from(head("100 Continue", [])), verbatim(t.answer)])),
  },
  {
    id: "connection/early-hints",
    comes: expectPassed,
    tell: (t) => void t.socket.write(Buffer.concat([Buffer.from(head("103 Early Hints", hints)), verbatim(t.answer)])),
  },
  {
    id: "connection/200-early-hints",
    comes: expectPassed,
    tell: (t) =>
      void t.socket.write(Buffer.concat([Buffer.from(head("103 Early Hints", hints).repeat(200)), verbatim(t.answer)])),
  },
  {
    id: "connection/endless-early-hints",
    comes: expectIndeterminate,
    waits: true,
    tell: (t) => sendAll(t.socket, "", head("103 Early Hints", hints).repeat(500)),
  },
  {
    id: "connection/upgrade",
    comes: expectIndeterminate,
    tell: (t) =>
      void t.socket.write(
        head("101 Switching Protocols", [
          ["connection", "upgrade"],
          ["upgrade", "websocket"],
        ]),
      ),
  },
];

const hints = [["link", "</style.css>; rel=preload"]] as const;
