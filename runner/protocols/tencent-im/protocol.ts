/** The REST interface of Tencent IM: JSON by POST, believed for a UserSig in the query; nothing else is signed. */
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { memoize } from "../shared/memoize.ts";
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
  parseRequest: parseRequest,
  verify: (_request, received, how) => verify(received, how),
};

/** @throws where the action has no path or the credentials no app. */
function encode({ action, members }: Call, { credentials, host, nonce }: SigningInput): UnsignedRequest {
  if (action.path === undefined)
    throw new Error(`${action.id}: an action of Tencent IM needs a path; add \`path\` to its spec`);
  const query = encodeQuery([
    ["sdkappid", appOf(credentials.app)],
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

/** Seconds for which one UserSig is used, and for which it holds: never less than the 24 hours that the pages advise. */
const WINDOW = 3600;
const EXPIRE = 25 * 3600;

// Deflating takes longer than all the rest of a call.
const userSigs = memoize<string>(256);

/** Puts a UserSig of the identifier and the sdkappid that stand in the path behind the identifier. */
function sign(request: UnsignedRequest, _call: Call, { credentials, now }: SigningInput): HttpRequest {
  const { path, query } = splitPath(request.path);
  const sent = decodeQuery(query);
  const identifier = firstPairValue(sent, "identifier") ?? credentials.id;
  const app = firstPairValue(sent, "sdkappid") ?? "";
  // An sdkappid that is no number cannot be signed; then the right one is.
  const sdkappid = Number(isApp(app) ? app : appOf(credentials.app));
  const time = toUnixSeconds(now) - (toUnixSeconds(now) % WINDOW);
  const made = userSigs(`${sdkappid}\n${time}\n${credentials.key}\n${identifier}`, () =>
    writeUserSig(credentials.key, { identifier, sdkappid, time, expire: EXPIRE }),
  );
  const parts = query.split("&").filter((part) => part !== "" && !part.startsWith("usersig="));
  const at = parts.findIndex((part) => part.startsWith("identifier="));
  parts.splice(at + 1 || parts.length, 0, `usersig=${made}`);
  const { method, headers, body } = request;
  return { method, path: `${path}?${parts.join("&")}`, headers, body };
}

function isApp(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

function appOf(app: string | undefined): string {
  if (app !== undefined && isApp(app)) return app;
  throw new Error(
    `the sdkappid ${app === undefined ? "is missing" : "is no whole number"}; set \`app\` in the credentials of Tencent IM`,
  );
}
