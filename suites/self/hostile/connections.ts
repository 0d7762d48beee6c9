/** Hostile connections: closed, reset, silent, slow, with responses at the wrong time, or not HTTP. */
import { randomBytes } from "node:crypto";
import {
  allActivations,
  type Delivery,
  exceptRefusals,
  expectAnyVerdict,
  expectClosed,
  expectIndeterminate,
  expectPassed,
  expectPassedOrIndeterminate,
  type HostileBehaviour,
} from "./behaviour.ts";
import { head, responseBytes, sendEndlessly, sendSlowly, sendUntilClosed, unmodified } from "./raw-response.ts";

/** The first bytes of a response. */
const firstBytes = ({ response }: Delivery, bytes: number): Buffer => unmodified(response).subarray(0, bytes);
/** Length of the head in bytes, with the empty line. */
const headLength = (delivery: Delivery): number => unmodified(delivery.response).indexOf("\r\n\r\n") + 4;

const noResponse = () => undefined;

/** Answers every request with these bytes. */
const fixedBytes = (id: string, bytes: string | Buffer): HostileBehaviour => ({
  id: `connection/${id}`,
  expected: expectIndeterminate,
  deliver: ({ socket }) => void socket.write(bytes),
});

const refusal = JSON.stringify({ Response: { Error: { Code: "InvalidParameter", Message: "" }, RequestId: "r" } });

export const connections: readonly HostileBehaviour[] = [
  {
    id: "connection/closed-at-once",
    expected: expectIndeterminate,
    deliver: noResponse,
    onConnect: (socket) => void socket.destroy(),
  },
  {
    id: "connection/reset-at-once",
    expected: expectIndeterminate,
    deliver: noResponse,
    onConnect: (socket) => void socket.resetAndDestroy(),
  },
  {
    id: "connection/closed-at-the-first-byte",
    expected: expectIndeterminate,
    deliver: noResponse,
    onConnect: (socket) => void socket.once("data", () => socket.destroy()),
  },
  {
    id: "connection/closed-before-the-answer",
    expected: expectClosed,
    activations: allActivations,
    deliver: ({ socket }) => void socket.destroy(),
  },
  {
    id: "connection/reset-before-the-answer",
    expected: expectClosed,
    activations: allActivations,
    deliver: ({ socket }) => void socket.resetAndDestroy(),
  },
  {
    id: "connection/silent",
    expected: expectIndeterminate,
    endsByTimeout: true,
    activations: allActivations,
    deliver: noResponse,
  },
  {
    id: "connection/slow-status-line",
    expected: expectIndeterminate,
    endsByTimeout: true,
    deliver: (delivery) => sendSlowly(delivery.socket, unmodified(delivery.response), 3),
  },
  {
    id: "connection/slow-headers",
    expected: expectIndeterminate,
    endsByTimeout: true,
    deliver: (delivery) => sendSlowly(delivery.socket, unmodified(delivery.response), 20),
  },
  {
    id: "connection/slow-body",
    expected: expectIndeterminate,
    endsByTimeout: true,
    activations: exceptRefusals,
    deliver: (delivery) => {
      const { status, headers, body } = delivery.response;
      const padded = responseBytes(status, headers, Buffer.concat([Buffer.alloc(500, 0x20), body]));
      sendSlowly(delivery.socket, padded, padded.indexOf("\r\n\r\n") + 4);
    },
  },
  {
    id: "connection/closed-amid-status-line",
    expected: expectClosed,
    deliver: (delivery) => void delivery.socket.end(firstBytes(delivery, 9)),
  },
  {
    id: "connection/closed-amid-headers",
    expected: expectClosed,
    deliver: (delivery) => void delivery.socket.end(firstBytes(delivery, headLength(delivery) - 5)),
  },
  {
    id: "connection/closed-before-body",
    expected: expectClosed,
    deliver: (delivery) => void delivery.socket.end(firstBytes(delivery, headLength(delivery))),
  },
  {
    id: "connection/closed-amid-body",
    expected: expectClosed,
    activations: allActivations,
    deliver: (delivery) => void delivery.socket.end(firstBytes(delivery, headLength(delivery) + 1)),
  },
  {
    id: "connection/reset-amid-body",
    expected: expectClosed,
    deliver: (delivery) =>
      void delivery.socket.write(firstBytes(delivery, headLength(delivery) + 1), () =>
        delivery.socket.resetAndDestroy(),
      ),
  },
  // The response does not announce the end of the connection, so a fast client sends the next call on it; that call gets no response.
  {
    id: "connection/closed-after-answer",
    expected: expectPassed,
    activations: allActivations,
    deliver: (delivery) => void delivery.socket.end(unmodified(delivery.response)),
  },
  {
    id: "connection/reset-after-answer",
    expected: expectPassed,
    deliver: (delivery) =>
      void delivery.socket.write(unmodified(delivery.response), () => delivery.socket.resetAndDestroy()),
  },
  {
    id: "connection/reset-on-second-call",
    expected: expectPassed,
    deliver: (delivery) =>
      void (delivery.requestNumber % 2 === 0
        ? delivery.socket.resetAndDestroy()
        : delivery.socket.write(unmodified(delivery.response))),
  },
  {
    id: "connection/framed-by-its-end",
    expected: expectPassed,
    deliver: (delivery) => sendUntilClosed(delivery.socket, delivery.response),
  },
  {
    id: "connection/second-answer-behind",
    expected: expectPassed,
    activations: allActivations,
    deliver: (delivery) =>
      void delivery.socket.write(Buffer.concat([unmodified(delivery.response), responseBytes(200, [], refusal)])),
  },
  {
    id: "connection/garbage-behind",
    expected: expectPassed,
    activations: allActivations,
    deliver: (delivery) =>
      void delivery.socket.write(Buffer.concat([unmodified(delivery.response), randomBytes(1000)])),
  },
  {
    id: "connection/line-ends-behind",
    expected: expectPassed,
    deliver: (delivery) =>
      void delivery.socket.write(Buffer.concat([unmodified(delivery.response), Buffer.from("\r\n\r\n")])),
  },
  {
    id: "connection/garbage-later",
    expected: expectPassedOrIndeterminate,
    deliver: (delivery) => {
      delivery.socket.write(unmodified(delivery.response));
      setTimeout(() => delivery.socket.write(randomBytes(1000)), 5);
    },
  },
  {
    // HTTP cannot assign the second response to a call, so the next call on the connection takes it for its own.
    id: "connection/second-answer-later",
    expected: expectAnyVerdict,
    deliver: (delivery) => {
      delivery.socket.write(unmodified(delivery.response));
      setTimeout(() => delivery.socket.write(responseBytes(200, [["content-type", "application/json"]], refusal)), 5);
    },
  },
  {
    id: "connection/answer-before-the-call",
    expected: { accepted: ["failed", "indeterminate"], refused: ["failed", "indeterminate"] },
    deliver: noResponse,
    onConnect: (socket) => void socket.end(responseBytes(200, [["content-type", "application/json"]], refusal)),
  },
  {
    id: "connection/answers-swapped",
    expected: expectAnyVerdict,
    activations: allActivations,
    deliver: (delivery) => {
      const other = delivery.delayed.pop();
      if (other) {
        other.socket.write(unmodified(delivery.response));
        delivery.socket.write(unmodified(other.response));
        return;
      }
      delivery.delayed.push(delivery);
      // The last response has no partner to swap with.
      setTimeout(() => {
        const index = delivery.delayed.indexOf(delivery);
        if (index >= 0) delivery.delayed.splice(index, 1)[0]?.socket.write(unmodified(delivery.response));
      }, 50);
    },
  },
  fixedBytes("tls", Buffer.from([0x15, 3, 3, 0, 2, 2, 40])),
  fixedBytes("http-2", Buffer.from("000012040000000000000300000064000400100000000600004000", "hex")),
  fixedBytes("http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  fixedBytes("ssh", "SSH-2.0-OpenSSH_9.6\r\n"),
  fixedBytes("random-bytes", randomBytes(64 * 1024)),
  fixedBytes("zeros", Buffer.alloc(64 * 1024)),
  {
    id: "connection/http-0.9",
    expected: expectIndeterminate,
    deliver: (delivery) => void delivery.socket.end(delivery.response.body),
  },
  {
    id: "connection/echo",
    expected: expectIndeterminate,
    deliver: (delivery) => void delivery.socket.write(delivery.request),
  },
  {
    // Valid HTTP, but undici treats it as a protocol violation.
    id: "connection/100-continue-unasked",
    expected: expectPassedOrIndeterminate,
    deliver: (delivery) =>
      void delivery.socket.write(Buffer.concat([Buffer.from(head("100 Continue", [])), unmodified(delivery.response)])),
  },
  {
    id: "connection/early-hints",
    expected: expectPassed,
    deliver: (delivery) =>
      void delivery.socket.write(
        Buffer.concat([Buffer.from(head("103 Early Hints", hints)), unmodified(delivery.response)]),
      ),
  },
  {
    id: "connection/200-early-hints",
    expected: expectPassed,
    deliver: (delivery) =>
      void delivery.socket.write(
        Buffer.concat([Buffer.from(head("103 Early Hints", hints).repeat(200)), unmodified(delivery.response)]),
      ),
  },
  {
    id: "connection/endless-early-hints",
    expected: expectIndeterminate,
    endsByTimeout: true,
    deliver: (delivery) => sendEndlessly(delivery.socket, "", head("103 Early Hints", hints).repeat(500)),
  },
  {
    id: "connection/upgrade",
    expected: expectIndeterminate,
    deliver: (delivery) =>
      void delivery.socket.write(
        head("101 Switching Protocols", [
          ["connection", "upgrade"],
          ["upgrade", "websocket"],
        ]),
      ),
  },
];

const hints = [["link", "</style.css>; rel=preload"]] as const;
