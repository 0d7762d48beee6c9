/** The REST API of Tencent IM: POST with JSON, authenticated by a UserSig in the query; the request itself is not signed. */
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { memoize } from "../../values/memoize.ts";
import { decodeQuery, encodeQuery, firstPairValue, splitPath } from "../shared/query.ts";
import { toUnixSeconds } from "../shared/time.ts";
import { parseRequest } from "./read-request.ts";
import { writeUserSig } from "./usersig.ts";
import { verify } from "./verify.ts";

export const tencentIm: Protocol = {
  id: "tencent-im",
  bindings: ["tim-post"],
  isFlat: () => false,
  encode,
  sign,
  parseRequest,
  verify: (_request, parsed, input) => verify(parsed, input),
};

/** @throws if the action has no path or the credentials no valid app. */
function encode({ action, members }: Call, { credentials, host, nonce }: SigningInput): UnsignedRequest {
  if (action.path === undefined)
    throw new Error(`${action.id}: an action of Tencent IM needs a path; add \`path\` to its spec`);
  const query = encodeQuery([
    ["sdkappid", validApp(credentials.app)],
    ["identifier", credentials.id],
    ["random", String(nonce())],
    ["contenttype", "json"],
  ]);
  return {
    method: "POST",
    path: `${action.path}?${query}`,
    headers: [
      ["Host", host],
      ["Content-Type", "application/json"],
    ],
    body: JSON.stringify(members),
  };
}

/** How long one UserSig is used, in seconds. */
const REUSE_SECONDS = 3600;
/** Validity of a UserSig in seconds: at the end of its use 24 hours are left, the minimum that the documentation advises. */
const VALIDITY_SECONDS = 25 * 3600;

// Cached, because the compression takes longer than the rest of a call.
const userSigs = memoize<string>(256);

/** Adds a UserSig for the identifier and the sdkappid of the query, after the identifier. */
function sign(request: UnsignedRequest, _call: Call, { credentials, now, overrides }: SigningInput): HttpRequest {
  const { path, query } = splitPath(request.path);
  const pairs = decodeQuery(query);
  const identifier = overrides?.userSig?.identifier ?? firstPairValue(pairs, "identifier") ?? credentials.id;
  const app = firstPairValue(pairs, "sdkappid") ?? "";
  // An sdkappid that is not a number cannot be signed: the UserSig is then for the configured app.
  const sdkappid = overrides?.userSig?.sdkappid ?? Number(isAppId(app) ? app : validApp(credentials.app));
  const time = toUnixSeconds(now) - (toUnixSeconds(now) % REUSE_SECONDS);
  const alteration = overrides?.alteration;
  const userSig = userSigs(`${sdkappid}\n${time}\n${alteration ?? ""}\n${credentials.key}\n${identifier}`, () =>
    writeUserSig(credentials.key, { identifier, sdkappid, time, expire: VALIDITY_SECONDS }, alteration),
  );
  const parts = query.split("&").filter((part) => part !== "" && !part.startsWith("usersig="));
  const at = parts.findIndex((part) => part.startsWith("identifier="));
  parts.splice(at + 1 || parts.length, 0, `usersig=${userSig}`);
  const { method, headers, body } = request;
  return { method, path: `${path}?${parts.join("&")}`, headers, body };
}

function isAppId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

function validApp(app: string | undefined): string {
  if (app !== undefined && isAppId(app)) return app;
  throw new Error(
    `the sdkappid ${app === undefined ? "is missing" : "is not a positive integer"}; set \`app\` in the credentials of Tencent IM`,
  );
}
