/** A request → the call that it makes: common parameters, signatures and bodies of the three kinds of services. */
import type { Credentials } from "../../../runner/model/index.ts";
import { refuseWith, type ServiceAction, type ServiceCall } from "./call.ts";
import type { ServerHooks } from "./hooks.ts";
import { type InputCodes, membersOfPairs, readInput } from "./input.ts";
import { jsonObject, type PlainRequest, rawPairs } from "./requests.ts";
import { verifySigV4, verifyTc3, verifyUserSig, verifyV1 } from "./signatures.ts";
import { imFolders, imParameterCode } from "./tencent-im.ts";

export interface GatewayContext {
  readonly keys: { readonly tencent: Credentials; readonly im: Credentials; readonly aws: Credentials };
  readonly region: string;
  /** By service, then by name. */
  readonly actions: Readonly<Record<string, Readonly<Record<string, ServiceAction>>>>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly hooks: ServerHooks;
}

const VERSIONS: Readonly<Record<string, string>> = {
  "2018-03-01": "iai",
  "2021-03-31": "organization",
  "2018-08-13": "sts",
};
const CLOUD_CODES: InputCodes = { absent: "MissingParameter", type: "InvalidParameter", unknown: "UnknownParameter" };
const V1_PARAMETERS = new Set(
  "Action Version Region Timestamp Nonce SecretId Signature SignatureMethod Token Language RequestClient".split(" "),
);
const TC3_HEADERS = ["x-tc-action", "x-tc-version", "x-tc-timestamp", "authorization"];

const MAX_GET_BYTES = 32 * 1024;
const MAX_V1_POST_BYTES = 1024 * 1024;
const MAX_TC3_POST_BYTES = 10 * 1024 * 1024;

/** @throws RefusedCall */
export function cloudCall(request: PlainRequest, context: GatewayContext): ServiceCall {
  const { keys, hooks } = context;
  const nowSeconds = context.now() / 1000;
  const isGet = request.method === "GET";
  if (!isGet && request.method !== "POST") refuseWith("UnsupportedProtocol");
  if (isGet && request.query.length > MAX_GET_BYTES) refuseWith("RequestSizeLimitExceeded");
  if (TC3_HEADERS.some((name) => request.headers.has(name))) {
    if (request.body.length > MAX_TC3_POST_BYTES) refuseWith("RequestSizeLimitExceeded");
    const value = (name: string): string => request.headers.get(name) ?? refuseWith("MissingParameter");
    const type = value("content-type");
    if (isGet ? type !== "application/x-www-form-urlencoded" : !/^application\/json\s*(;|$)/i.test(type))
      refuseWith("UnsupportedProtocol");
    const binding = isGet ? "tc3-get" : "tc3-post";
    const { service, name, action } = findCloudAction(value("x-tc-action"), value("x-tc-version"), context);
    verifyTc3(request, keys.tencent, service, nowSeconds, hooks);
    if (request.headers.has("x-tc-token")) refuseWith("AuthFailure.TokenFailure");
    const members = isGet
      ? membersOfPairs(action.parameters, decodedPairs(request.query, binding, hooks))
      : (jsonObject(request.body) ?? refuseWith("InvalidParameter"));
    return { service, action: name, binding, input: readInput(action.parameters, members, CLOUD_CODES, hooks) };
  }
  const binding = isGet ? "v1-get" : "v1-post";
  if (request.body.length > MAX_V1_POST_BYTES) refuseWith("AuthFailure.SignatureFailure");
  const pairs = decodedPairs(isGet ? request.query : request.body.toString(), binding, hooks);
  const values = new Map(pairs);
  const value = (name: string): string => values.get(name) ?? refuseWith("MissingParameter");
  const { service, name, action } = findCloudAction(value("Action"), value("Version"), context);
  verifyV1(request, pairs, keys.tencent, nowSeconds, hooks);
  if (values.has("Token")) refuseWith("AuthFailure.TokenFailure");
  const own = pairs.filter(([name]) => !V1_PARAMETERS.has(name));
  const members = membersOfPairs(action.parameters, own);
  return { service, action: name, binding, input: readInput(action.parameters, members, CLOUD_CODES, hooks) };
}

function decodedPairs(text: string, binding: string, hooks: ServerHooks): [string, string][] {
  try {
    return rawPairs(text).map(([name, value]) => [hooks.decode(name, binding), hooks.decode(value, binding)]);
  } catch {
    return refuseWith("InvalidParameter"); // a percent sign without two digits, or bytes that are not UTF-8
  }
}

function findCloudAction(name: string, version: string, { actions }: GatewayContext) {
  const service = VERSIONS[version] ?? refuseWith("NoSuchVersion");
  const own = actions[service];
  const action = own && Object.hasOwn(own, name) ? own[name] : undefined;
  return { service, name, action: action ?? refuseWith("InvalidAction") };
}

/** @throws RefusedCall */
export function imCall(request: PlainRequest, { keys, now, hooks, actions }: GatewayContext): ServiceCall {
  if (request.method !== "POST") refuseWith("60002");
  const [, version, folder, command = "", ...rest] = request.path.split("/");
  if (version !== "v4" || rest.length > 0) refuseWith("60009");
  if (!Object.hasOwn(imFolders, command) || imFolders[command] !== folder) refuseWith("10003");
  const values = new Map(decodedPairs(request.query, "im", hooks));
  const value = (name: string, code: string): string => values.get(name) || refuseWith(code);
  const sdkappid = value("sdkappid", "60012");
  const identifier = value("identifier", "60004");
  const usersig = value("usersig", "70002");
  const random = value("random", "60008");
  if (!/^\d+$/.test(random) || Number(random) > 4294967295 || value("contenttype", "60002") !== "json")
    refuseWith("60002");
  verifyUserSig({ sdkappid, identifier, usersig }, keys.im, now() / 1000, hooks);
  if (!hooks.matches("usersig/administrator", keys.im.id, identifier)) refuseWith("60010");
  const members = jsonObject(request.body) ?? refuseWith("60003");
  const action = actions["im"]?.[command] as ServiceAction;
  const code = imParameterCode(command);
  return {
    service: "im",
    action: command,
    binding: "im",
    input: readInput(action.parameters, members, { absent: code, type: code }, hooks),
  };
}

/** @throws RefusedCall */
export function awsCall(request: PlainRequest, { keys, now, hooks, actions, region }: GatewayContext): ServiceCall {
  if (request.method !== "POST") refuseWith("UnknownOperationException");
  const [prefix, name = "", ...rest] = (request.headers.get("x-amz-target") ?? "").split(".");
  const own = actions["rekognition"] ?? {};
  const isKnown = hooks.matches("aws/target-prefix", "RekognitionService", prefix ?? "") && Object.hasOwn(own, name);
  const action = (isKnown && rest.length === 0 ? own[name] : undefined) ?? refuseWith("UnknownOperationException");
  verifySigV4(request, keys.aws, region, now() / 1000, hooks);
  const members = request.body.length === 0 ? {} : (jsonObject(request.body) ?? refuseWith("SerializationException"));
  const codes = { absent: "InvalidParameterException", type: "SerializationException" };
  return {
    service: "rekognition",
    action: name,
    binding: "aws",
    input: readInput(action.parameters, members, codes, hooks),
  };
}
