/** Codes that a test chooses for the next calls, on the command line and over the control port. */
import { expect, onTestFinished, test } from "vitest";
import { createForcedCodes } from "../../emulator/forced-codes.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { startControlServer } from "./control-server.ts";
import { parseForcedCode } from "./forced-code-option.ts";

const { actions } = loadSpecs(builtInSpecs());
const action = "tencent/iai/CreateGroup";

test("codes are taken in their order, each as often as it was asked for", () => {
  const codes = createForcedCodes([{ action, code: "A", times: 2 }]);
  codes.add({ action, code: "B", times: 1 });
  expect(codes.take("tencent/iai/DeleteGroup")).toBeUndefined();
  expect([1, 2, 3, 4].map(() => codes.take(action))).toEqual(["A", "A", "B", undefined]);
});

test.each([
  [`${action}=RequestLimitExceeded`, { action, code: "RequestLimitExceeded", times: 1 }],
  [`${action}=InternalError,12`, { action, code: "InternalError", times: 12 }],
])("--answer %s", (text, forced) => {
  expect(parseForcedCode(text, actions)).toEqual(forced);
});

test.each([
  [action, /must be ACTION=CODE or ACTION=CODE,N/],
  [`${action}=InternalError,0`, /0 is no number of calls/],
  [`${action}=InternalError,x`, /x is no number of calls/],
  [
    "tencent/iai/CreateGrop=InternalError",
    /no action tencent\/iai\/CreateGrop; did you mean tencent\/iai\/CreateGroup/,
  ],
  [
    `${action}=InternalErro`,
    /no document names InternalErro for tencent\/iai\/CreateGroup; did you mean InternalError/,
  ],
])("--answer %s is refused", (text, message) => {
  expect(() => parseForcedCode(text, actions)).toThrow(message);
});

test("over the control port codes are added and removed, and what cannot be done is explained", async () => {
  const codes = createForcedCodes();
  const server = await startControlServer(0, codes, actions);
  onTestFinished(server.close);
  const send = async (method: string, path: string, body?: string) => {
    const response = await fetch(server.url + path, { method, ...(body === undefined ? {} : { body }) });
    return `${response.status} ${await response.text()}`.trim();
  };
  const forced = { action, code: "InternalError" };
  expect(await send("POST", "/answers", JSON.stringify(forced))).toBe("204");
  expect(await send("POST", "/answers", JSON.stringify({ ...forced, times: 2 }))).toBe("204");
  expect([codes.take(action), codes.take(action)]).toEqual(["InternalError", "InternalError"]);
  expect(await send("DELETE", "/answers")).toBe("204");
  expect(codes.take(action)).toBeUndefined();
  expect(await send("POST", "/answers", JSON.stringify({ ...forced, times: 0 }))).toMatch(/^400 the body must be/);
  expect(await send("POST", "/answers", JSON.stringify({ action, code: "Nothing" }))).toMatch(
    /^400 .*no document names/,
  );
  expect(await send("POST", "/answers", "{")).toBe("400 the body is no JSON");
  expect(await send("GET", "/answers")).toMatch(/^400 GET \/answers: the control port has/);
});
