/** The line protocol: a driver's mistake is a clear message and never a verdict about its SDK. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Action } from "../../../runner/model/index.ts";
import { createDriver } from "../../../runner/sdk/driver/driver.ts";
import { startDriverProcess } from "../../../runner/sdk/driver/driver-process.ts";
import { fromLossless, toLossless } from "../../../runner/sdk/driver/lossless.ts";
import { readHello, readMessage, readResult } from "../../../runner/sdk/driver/messages.ts";
import { selfTest } from "../../../runner/sdk/driver/self-test.ts";
import { sdkKey } from "../../../runner/sdk/server/sdk-key.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { specs, withDriver } from "./gate-in-process.ts";
import type { DriverFault, SdkFault } from "./reference-driver.ts";

const action = specs.actions.get("tencent/sts/GetCallerIdentity") as Action;
const call = { call: action.id, members: {}, binding: "tc3-post", timeout: 1, retries: 0 };
const plain = { content: { kind: "success", output: {} } } as const;

describe("a mistake of the driver", () => {
  const mistakes: readonly (readonly [DriverFault, string])[] = [
    ["other-id", "the driver is at fault: it answered with id 2, but the id of the call is 1"],
    ["no-json", "the driver is at fault: it wrote a line that begins like a message and is not JSON: {oops"],
    ["floods", "the driver is at fault: it wrote more than 16 MB to its standard output during one call"],
    ["hangs", "no result within 0.1 s"],
  ];
  test.each(mistakes)("%s is no verdict about the SDK", async (fault, reason) => {
    await withDriver([fault], async (driver, server) => {
      server.play({ action, binding: "tc3-post", answers: [plain] });
      const end = await driver.call(call, fault === "hangs" ? 100 : 5000);
      expect(end).toEqual({ kind: fault === "hangs" ? "no-result" : "driver-failure", reason });
    });
  });

  test("a second answer to a call fails the next one", async () => {
    await withDriver(["answers-twice"], async (driver, server) => {
      server.play({ action, binding: "tc3-post", answers: [plain] });
      expect(await driver.call(call, 5000)).toMatchObject({ kind: "ok" });
      expect(await driver.call(call, 5000)).toEqual({
        kind: "driver-failure",
        reason:
          "the driver is at fault: it wrote an answer with id 1 while no call was waiting; each call gets one answer",
      });
    });
  });

  test("a stray line is kept, and the call has its result", async () => {
    await withDriver(["stray-lines"], async (driver, server) => {
      server.play({ action, binding: "tc3-post", answers: [plain] });
      expect(await driver.call(call, 5000)).toMatchObject({ kind: "ok" });
      expect(driver.strayLines()).toEqual(["Debug: sending"]);
    });
  });

  test("a hello without the name of the SDK is refused", async () => {
    await withDriver(["no-sdk"], async (driver) => {
      await expect(driver.hello()).rejects.toThrow('its hello needs "sdk", the name of the SDK');
    });
  });

  test("a driver that fails three times in a row is not started again", async () => {
    await withDriver(["other-id"], async (driver, server) => {
      server.play({ action, binding: "tc3-post", answers: [plain] });
      for (let i = 0; i < 3; i++) await driver.call(call, 5000);
      expect(await driver.call(call, 5000)).toEqual({
        kind: "driver-failure",
        reason: "the driver failed 3 times in a row and is not started again",
      });
    });
  });
});

describe("the self-test", () => {
  const problemOf = (...faults: SdkFault[]) =>
    withDriver(faults, async (driver, server) =>
      selfTest(driver, await driver.hello(), server, specs.actions.values()),
    );

  test("accepts the faithful driver", async () => {
    expect(await problemOf()).toBeUndefined();
  });

  test.each<[SdkFault, string]>([
    ["swallows-errors", 'must be an "error" of kind "api" with that code, but is "ok"'],
    ["loses-code", 'but is an error of kind "api" with the code ServiceError (refused)'],
    ["ignores-timeout", 'must be an "error" after its timeout, but is no result within 3 s'],
  ])("names what %s does wrong", async (fault, problem) => {
    expect(await problemOf(fault)).toContain(problem);
  });
});

describe("a process", () => {
  const run = async (command: string) => {
    const environment = { ASSAY_ENDPOINT: "http://127.0.0.1:1", ASSAY_CA: "", ASSAY_APP: sdkKey.app };
    const driver = createDriver(() =>
      startDriverProcess(command, { ...environment, ASSAY_ID: sdkKey.id, ASSAY_KEY: sdkKey.key }),
    );
    const problem = await driver.hello().then(String, (error: Error) => error.message);
    await driver.close();
    return problem;
  };

  test("that cannot be executed is named", async () => {
    expect(await run("/nonexistent/driver")).toMatch(/^the driver is at fault: it ended \(exit code 127: .*not found/);
  });

  test("that dies is named, with its last error", async () => {
    expect(await run(`${process.execPath} -e "throw new TypeError('no SDK')"`)).toBe(
      "the driver is at fault: it ended (exit code 1: TypeError: no SDK)",
    );
  });

  test("that floods its standard output is ended", async () => {
    const script = `const flood = () => process.stdout.write("x".repeat(1e6), flood); flood();`;
    expect(await run(`${process.execPath} -e '${script}'`)).toBe(
      "the driver is at fault: it wrote more than 16 MB to its standard output during one call",
    );
  });

  test("and its children are ended with the driver", async () => {
    const script = `const { pid } = require("child_process").spawn("sleep", ["1000"]);
      process.stdin.on("data", () => console.log(JSON.stringify({ id: 0, sdk: String(pid), version: "1", actions: ["a"], bindings: ["b"] })));`;
    const driver = createDriver(() =>
      startDriverProcess(`${process.execPath} -e '${script}'`, {
        ASSAY_ENDPOINT: "",
        ASSAY_CA: "",
        ASSAY_ID: "",
        ASSAY_KEY: "",
        ASSAY_APP: "",
      }),
    );
    const { sdk: child } = await driver.hello();
    expect(() => process.kill(Number(child), 0)).not.toThrow();
    await driver.close();
    await expect.poll(() => isRunning(Number(child))).toBe(false);
  });
});

/** A process that ended and that nobody waits for counts as ended. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("messages", () => {
  const schema = JSON.parse(readFileSync(join(packageRoot(), "runner/sdk/driver/messages.schema.json"), "utf8"));
  const ajv = new Ajv2020({ strict: false });
  const validate = (name: string) => ajv.compile({ $ref: `#/$defs/${name}`, $defs: schema.$defs });
  const hello = { sdk: "x", version: "1", actions: ["a"], bindings: ["b"], can: ["timeout"], lossless: true };

  test.each<[string, object, boolean]>([
    ["hello", { id: 0, ...hello }, true],
    ["hello", { id: 0, ...hello, sdk: "" }, false],
    ["hello", { id: 0, ...hello, actions: [] }, false],
    ["hello", { id: 0, ...hello, lossless: 1 }, false],
    ["result", { id: 1, ok: {}, requestId: "r" }, true],
    ["result", { id: 1, error: { kind: "api", code: "A", message: "m" } }, true],
    ["result", { id: 1, unsupported: "no client" }, true],
    ["result", { id: 1 }, false],
    ["result", { id: 1, ok: {}, unsupported: "x" }, false],
    ["result", { id: 1, error: { kind: "other" } }, false],
    ["result", { id: 1, unsupported: "" }, false],
  ])("the schema and the reader agree on %s %j", (name, message, isValid) => {
    const read = name === "hello" ? readHello : readResult;
    expect(validate(name)(message)).toBe(isValid);
    expect(typeof read(message as never) !== "string").toBe(isValid);
  });

  test("the schema describes the requests of assay", () => {
    expect(validate("call")({ id: 1, ...call })).toBe(true);
    expect(validate("helloRequest")({ id: 0, hello: 1 })).toBe(true);
  });

  test("a line needs an id", () => {
    expect(readMessage('{"ok":{}}')).toBe('it wrote a message without "id"');
  });

  test("large integers and bytes travel without loss", () => {
    const value = { big: 2n ** 60n, small: 5n, bytes: new Uint8Array([1, 2]), list: [undefined, -1] };
    const sent = { big: { $int: "1152921504606846976" }, small: 5, bytes: { $base64: "AQI=" }, list: [null, -1] };
    expect(toLossless(value)).toEqual(sent);
    expect(fromLossless(sent)).toEqual(sent);
    expect(fromLossless({ n: { $int: "-7" } })).toEqual({ n: -7 });
  });
});
