/** The checks in front of everything: size, method, route, content type. */
import { breachOfCommon } from "./common-parameters.ts";
import { type Context, refuse, refuseBreach } from "./context.ts";
import { headerOf } from "./header.ts";
import type { Refused } from "./refused.ts";

/** What one server reads at most; more is discarded unread. */
export const bodyLimit = 10 * 1024 * 1024;
const queryLimit = 32 * 1024;
const formLimit = 1024 * 1024;

/** @source facts of the request structure page: GET 32 KB, form 1 MB, JSON 10 MB; a form too large was seen to get the code of a bad signature. */
export function size(context: Context): Refused | undefined {
  const { request, received, family, codes } = context;
  if (context.oversize) return refuse(context, codes.size);
  if (family !== "tencent-cloud") return undefined;
  if (request.method === "GET" && request.path.length > queryLimit) return refuse(context, codes.size);
  const form = received?.flat !== undefined && request.method === "POST";
  return form && request.body.length > formLimit ? refuse(context, codes.denied.signature) : undefined;
}

export function method(context: Context): Refused | undefined {
  const allowed = context.family === "tencent-cloud" ? ["GET", "POST"] : ["POST"];
  return allowed.includes(context.request.method) ? undefined : refuse(context, context.codes.method);
}

/** A request that no protocol knows says too little of itself. */
export function route(context: Context): Refused | undefined {
  if (context.family !== "tencent-im" && context.path !== "/") return refuse(context, context.codes.path);
  if (!context.received) return refuse(context, context.codes.absent, { says: "The request names no action." });
  return undefined;
}

export function contentType(context: Context): Refused | undefined {
  const common = context.common.find((c) => c.name === "Content-Type");
  if (!common) return undefined;
  const value = headerOf(context.request, "content-type")?.trim() ?? "";
  const breach = breachOfCommon(common, value);
  if (!breach) return undefined;
  return refuseBreach(context, common.refusals.get(breach), context.codes.contentType, {
    at: common.name,
    breach,
    value,
  });
}
