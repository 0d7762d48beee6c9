/** A driver → what it does wrong where the server behaves as documented, so that no mistake of a driver is taken for one of its SDK. */
import { NO_RESOURCES, prepareCall } from "../../cases/bind/bind.ts";
import { globMatcher } from "../../cases/glob.ts";
import type { Action, CallMembers } from "../../model/index.ts";
import { plainRefusal, plainSuccess } from "../plain-answer.ts";
import { type SdkCase, toSdkCase } from "../sdk-case.ts";
import type { ScriptedServer } from "../server/scripted-server.ts";
import type { CallEnd, Driver } from "./driver.ts";
import type { DriverHello } from "./messages.ts";

/** Seconds of the calls that are answered at once. The first call of an SDK may be slow. */
const ANSWERED_TIMEOUT = 10;
const SILENT_TIMEOUT = 1;
/** Beyond the timeout of the silent call, in milliseconds: a virtual machine may be slow when it handles its first error. */
const SILENT_GRACE_MS = 2000;

/** The first problem as a sentence; undefined where the driver does all that it should. `actions`: those of the specs. */
export async function selfTest(
  driver: Driver,
  hello: DriverHello,
  server: ScriptedServer,
  actions: Iterable<Action>,
): Promise<string | undefined> {
  const known = [...actions];
  const supported = known.filter(({ id }) => globMatcher(hello.actions)(id));
  const action = supported.find(({ service }) => service.bindings.some((b) => hello.bindings.includes(b)));
  const binding = action?.service.bindings.find((b) => hello.bindings.includes(b));
  if (!action || binding === undefined)
    return supported.length === 0
      ? `"actions" of its hello name no action of the specs; \`assay list actions\` lists them`
      : `"bindings" of its hello have none of ${supported[0]?.service.bindings.join(", ")}`;
  const [code = ""] = action.errors.keys();
  const call = async (answers: SdkCase["answers"], timeout: number, id = action.id): Promise<CallEnd> => {
    server.play({ action, binding, answers });
    const members = validMembers(action, binding);
    return driver.call({ call: id, members, binding, timeout, retries: 0 }, timeout * 1000 + SILENT_GRACE_MS);
  };
  const accepted = await call(plainSuccess(action).answers, ANSWERED_TIMEOUT);
  if (server.received().length === 0 && accepted.kind !== "unsupported")
    return `no request came to ASSAY_ENDPOINT from a call of ${action.id} (${describeEnd(accepted)})`;
  if (accepted.kind !== "ok") return `an accepted call of ${action.id} must be "ok", but is ${describeEnd(accepted)}`;
  const refused = await call(plainRefusal(code).answers, ANSWERED_TIMEOUT);
  if (refused.kind !== "error" || refused.error.kind !== "api" || refused.error.code !== code)
    return `a call of ${action.id} that is refused with ${code} must be an "error" of kind "api" with that code, but is ${describeEnd(refused)}`;
  const unknown = await call(plainSuccess(action).answers, ANSWERED_TIMEOUT, "assay/self-test/NoSuchAction");
  if (unknown.kind !== "unsupported")
    return `a call of an action that does not exist must be "unsupported", but is ${describeEnd(unknown)}`;
  if (!hello.can.includes("timeout")) return undefined;
  const silent = await call([{ content: { kind: "nothing" }, end: "stall" }], SILENT_TIMEOUT);
  return silent.kind === "error"
    ? undefined
    : `a call that gets no response must be an "error" after its timeout, but is ${describeEnd(silent)}; remove "timeout" from "can" if the SDK cannot set one`;
}

function validMembers(action: Action, binding: string): CallMembers {
  const template = { place: "call", slug: "valid", title: "", source: action.source, ...plainSuccess(action) };
  return prepareCall(toSdkCase(template, action, "self-test", binding), 1, "selftest").bind(NO_RESOURCES);
}

function describeEnd(end: CallEnd): string {
  if (end.kind === "ok") return `"ok"`;
  if (end.kind !== "error") return end.kind === "unsupported" ? `"unsupported": ${end.reason}` : end.reason;
  const { kind, code, message } = end.error;
  return `an error of kind "${kind}"${code === "" ? "" : ` with the code ${code}`}${message === "" ? "" : ` (${message})`}`;
}
