/** The messages between assay and a driver: types, and a line of a driver → its message or what is wrong with it. */
import type { CallMembers, Json } from "../../model/index.ts";
import { fromLossless } from "./lossless.ts";

/** What a driver and its SDK are able to do. */
export interface DriverHello {
  /** Name of the SDK. */
  readonly sdk: string;
  /** Version of the SDK. */
  readonly version: string;
  /** Ids of actions, or globs of them such as `aws/rekognition/*`. */
  readonly actions: readonly string[];
  /** Ids of bindings, e.g. `tc3-post`. */
  readonly bindings: readonly string[];
  /** `timeout`: a call ends after its timeout. `retries`: the number of retries can be set. `paginate`: it reads all pages. */
  readonly can: readonly string[];
  /** True where integers beyond 2^53 and bytes travel in the lossless form. */
  readonly lossless: boolean;
}

/** A call that the driver makes with its SDK. */
export interface DriverCall {
  /** Id of the action. */
  readonly call: string;
  readonly members: CallMembers;
  /** Id of the binding. */
  readonly binding: string;
  /** Seconds. */
  readonly timeout: number;
  /** Number of retries; absent where the SDK keeps its default. */
  readonly retries?: number;
}

/** `api`: a code of the server; `client`: the SDK refused the call itself; `network`: no readable response; `crash`: anything else. */
export type DriverErrorKind = "api" | "client" | "network" | "crash";

/** What the SDK made of a call. */
export type DriverResult =
  | { readonly kind: "ok"; readonly output: Json; readonly requestId?: string }
  | {
      readonly kind: "error";
      readonly error: {
        readonly kind: DriverErrorKind;
        readonly code: string;
        readonly message: string;
        readonly requestId?: string;
      };
    }
  /** The SDK has no client for the action, or cannot make such a call. */
  | { readonly kind: "unsupported"; readonly reason: string };

type Fields = Readonly<Record<string, unknown>>;
const errorKinds: readonly unknown[] = ["api", "client", "network", "crash"];
const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((v) => typeof v === "string");
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer to `{"id": 0, "hello": 1}`, or a sentence about the first member that is wrong. */
export function readHello(message: Fields): DriverHello | string {
  const { sdk, version, actions, bindings, can = [], lossless = false } = message;
  if (typeof sdk !== "string" || sdk === "") return 'its hello needs "sdk", the name of the SDK';
  if (typeof version !== "string") return 'its hello needs "version", the version of the SDK as a text';
  if (!texts(actions) || actions.length === 0)
    return 'its hello needs "actions", a list of action ids or globs such as "aws/rekognition/*"';
  if (!texts(bindings) || bindings.length === 0) return 'its hello needs "bindings", a list such as ["tc3-post"]';
  if (!texts(can)) return '"can" of its hello must be a list of "timeout", "retries" and "paginate"';
  if (typeof lossless !== "boolean") return '"lossless" of its hello must be true or false';
  return { sdk, version, actions, bindings, can, lossless };
}

/** The answer to a call, or a sentence about what is wrong with it. */
export function readResult(message: Fields): DriverResult | string {
  const { ok, error, unsupported, requestId } = message;
  if ([ok, error, unsupported].filter((v) => v !== undefined).length !== 1)
    return 'an answer needs exactly one of "ok", "error" and "unsupported"';
  if (requestId !== undefined && requestId !== null && typeof requestId !== "string")
    return '"requestId" must be a text or absent';
  const id = typeof requestId === "string" ? { requestId } : {};
  if (ok !== undefined) return { kind: "ok", output: fromLossless(ok as Json), ...id };
  if (unsupported !== undefined)
    return typeof unsupported === "string" && unsupported !== ""
      ? { kind: "unsupported", reason: unsupported }
      : '"unsupported" must say why, as a text';
  if (!isObject(error) || !errorKinds.includes(error["kind"]))
    return '"error" needs "kind": "api", "client", "network" or "crash"';
  const { kind, code = "", message: text = "", requestId: errorId } = error;
  if (typeof code !== "string" || typeof text !== "string") return '"code" and "message" of "error" must be texts';
  if (kind === "api" && code === "") return 'an error of kind "api" needs its "code"';
  return {
    kind: "error",
    error: {
      kind: kind as DriverErrorKind,
      code,
      message: text,
      ...(typeof errorId === "string" ? { requestId: errorId } : {}),
    },
  };
}

/** A line that begins with `{`: its id and its other members, or a sentence about what is wrong with it. */
export function readMessage(line: string): { readonly id: number; readonly message: Fields } | string {
  try {
    const message: unknown = JSON.parse(line);
    if (isObject(message) && typeof message["id"] === "number") return { id: message["id"], message };
    return 'it wrote a message without "id"';
  } catch {
    return "it wrote a line that begins like a message and is not JSON";
  }
}
