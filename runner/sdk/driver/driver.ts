/** A driver that can be started → calls with a wall clock; a driver that hangs or ends is started again. */

import type { StartedDriver } from "./driver-process.ts";
import { toLossless } from "./lossless.ts";
import type { DriverCall, DriverHello, DriverResult } from "./messages.ts";
import { readHello, readMessage, readResult } from "./messages.ts";

/** What became of a call: a result of the SDK, or a failure of the driver, which decides nothing about the SDK. */
export type CallEnd =
  | DriverResult
  /** The driver gave no result within the wall clock. */
  | { readonly kind: "no-result"; readonly reason: string }
  /** The driver broke the rules of the messages, or ended. */
  | { readonly kind: "driver-failure"; readonly reason: string };

export interface Driver {
  /** Asks the driver what it can do. Rejects with a sentence about the driver where it does not answer as it should. */
  hello(): Promise<DriverHello>;
  /** One call at a time; never rejects. `wallMs`: milliseconds after which the driver is killed. */
  call(call: DriverCall, wallMs: number): Promise<CallEnd>;
  /** The first lines on standard output that were no messages. */
  strayLines(): readonly string[];
  /** Ends the driver with its children. */
  close(): Promise<void>;
}

/** A driver may load a large SDK, or start a virtual machine. */
const HELLO_MS = 30_000;
/** Failures in a row after which the driver is not started again: each start may take as long as that of a virtual machine. */
const MAX_CONSECUTIVE_FAILURES = 3;
const MAX_STRAY_LINES = 20;
const MAX_STRAY_LENGTH = 200;
/** Bytes that a driver may write during one call: more than any documented response has. */
const MAX_BYTES_PER_CALL = 16 * 1024 * 1024;

type Message = Readonly<Record<string, unknown>>;
type WaitEnd = { readonly message: Message } | { readonly failure: string };
type Answer = { readonly message: Message } | { readonly end: CallEnd };

interface Waiting {
  readonly id: number;
  end(answer: WaitEnd): void;
}

interface Running {
  readonly started: StartedDriver;
  waiting: Waiting | undefined;
  /** What it did wrong while no call was waiting. */
  failure: string | undefined;
  bytes: number;
}

export function createDriver(start: () => StartedDriver): Driver {
  const strayLines: string[] = [];
  let running: Running | undefined;
  let nextId = 1;
  let failuresInRow = 0;

  function launch(): Running {
    const launched: Running = { started: start(), waiting: undefined, failure: undefined, bytes: 0 };
    const fail = (failure: string) => {
      if (launched.waiting) launched.waiting.end({ failure });
      else launched.failure ??= failure;
    };
    /** Pieces of a line that has not ended, joined only at its end, so that a long line takes linear time. */
    let pieces: string[] = [];
    launched.started.output.setEncoding("utf8");
    launched.started.output.on("data", (chunk: string) => {
      launched.bytes += chunk.length;
      if (launched.bytes > MAX_BYTES_PER_CALL) {
        pieces = [];
        fail(`it wrote more than ${MAX_BYTES_PER_CALL / 1024 / 1024} MB to its standard output during one call`);
        launched.started.kill();
        return;
      }
      pieces.push(chunk);
      if (!chunk.includes("\n")) return;
      const lines = pieces.join("").split("\n");
      pieces = [lines.pop() ?? ""];
      for (const line of lines) take(line.trim());
    });
    const take = (line: string) => {
      if (line === "") return;
      if (!line.startsWith("{")) {
        if (strayLines.length < MAX_STRAY_LINES) strayLines.push(line.slice(0, MAX_STRAY_LENGTH));
        return;
      }
      const read = readMessage(line);
      if (typeof read === "string") return fail(`${read}: ${line.slice(0, MAX_STRAY_LENGTH)}`);
      const { waiting } = launched;
      if (!waiting || read.id !== waiting.id)
        return fail(
          waiting
            ? `it answered with id ${read.id}, but the id of the call is ${waiting.id}`
            : `it wrote an answer with id ${read.id} while no call was waiting; each call gets one answer`,
        );
      waiting.end({ message: read.message });
    };
    void launched.started.ended.then((how) => fail(`it ended (${how})`));
    running = launched;
    return launched;
  }

  async function stop(): Promise<void> {
    const { started } = running ?? {};
    running = undefined;
    started?.kill();
    await started?.ended;
  }

  /** Sends a request and waits for its answer. A failure stops the driver. */
  async function ask(request: object, ms: number): Promise<Answer> {
    const current = running ?? launch();
    if (current.failure !== undefined) return { end: await failed(current.failure) };
    current.bytes = 0;
    const id = "hello" in request ? 0 : nextId++;
    const answer = await new Promise<WaitEnd | undefined>((resolve) => {
      const timer = setTimeout(() => end(undefined), ms);
      const end = (value: WaitEnd | undefined) => {
        clearTimeout(timer);
        current.waiting = undefined;
        resolve(value);
      };
      current.waiting = { id, end };
      current.started.input.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    if (answer === undefined) {
      await stop();
      return { end: { kind: "no-result", reason: `no result within ${ms / 1000} s` } };
    }
    return "failure" in answer ? { end: await failed(answer.failure) } : answer;
  }

  async function failed(failure: string): Promise<CallEnd> {
    failuresInRow++;
    await stop();
    return { kind: "driver-failure", reason: `the driver is at fault: ${failure}` };
  }

  return {
    async hello() {
      const answer = await ask({ hello: 1 }, HELLO_MS);
      if ("end" in answer) throw new Error("reason" in answer.end ? answer.end.reason : "no hello");
      const hello = readHello(answer.message);
      if (typeof hello === "string") throw new Error(`the driver is at fault: ${hello}`);
      return hello;
    },
    async call(call, wallMs) {
      if (failuresInRow >= MAX_CONSECUTIVE_FAILURES)
        return {
          kind: "driver-failure",
          reason: `the driver failed ${failuresInRow} times in a row and is not started again`,
        };
      // The start of the program is no part of the call.
      if (!running) {
        const started = await ask({ hello: 1 }, HELLO_MS);
        if ("end" in started) return started.end;
      }
      const answer = await ask({ ...call, members: toLossless(call.members) }, wallMs);
      if ("end" in answer) return answer.end;
      const result = readResult(answer.message);
      if (typeof result === "string") return failed(result);
      failuresInRow = 0;
      return result;
    },
    strayLines: () => strayLines,
    close: stop,
  };
}
