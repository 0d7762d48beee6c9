/** The checks in front of everything: size, method, route, content type. */

import { headerOf } from "../header.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { type RequestContext, refuse, refuseBreach } from "../request-context.ts";
import { breachOfCommon } from "./common-parameters.ts";

/** What one server reads at most; more is discarded unread. */
export const bodyLimit = 16 * 1024 * 1024;
/** Where no page gives a size. */
const DEFAULT_MAX_BODY = 10 * 1024 * 1024;

/** @source facts of the request structure page: GET 32 KB, form 1 MB, JSON 10 MB; a form too large was seen to get the code of a bad signature. */
export function checkSize(context: RequestContext): EmulatorRefusal | undefined {
  const { request, path, front, codes } = context;
  const body = Buffer.byteLength(request.body);
  const bytes = body > 0 ? body : Math.max(0, request.path.length - path.length - 1);
  if (!context.oversize && bytes <= (front?.size ?? DEFAULT_MAX_BODY)) return undefined;
  return refuseBreach(context, front?.refusals.get("size"), codes.size, { breach: "size" });
}

export function checkMethod(context: RequestContext): EmulatorRefusal | undefined {
  const allowed = context.family === "tencent-cloud" ? ["GET", "POST"] : ["POST"];
  if (allowed.includes(context.request.method)) return undefined;
  return refuseBreach(context, context.front?.refusals.get("method"), context.codes.method, { breach: "method" });
}

/** A request that no protocol knows says too little of itself. */
export function checkRoute(context: RequestContext): EmulatorRefusal | undefined {
  if (context.family !== "tencent-im" && context.path !== "/") return refuse(context, context.codes.path);
  if (!context.received) return refuse(context, context.codes.absent, { says: "The request names no action." });
  return undefined;
}

export function checkContentType(context: RequestContext): EmulatorRefusal | undefined {
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
