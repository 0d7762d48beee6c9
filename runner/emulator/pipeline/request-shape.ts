/** The checks in front of everything: size, method, route, content type. */

import { requestHeader } from "../header.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { findCommonParameterBreach } from "./common-parameters.ts";

/** What one server reads at most; more is discarded unread. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Where no page gives a size. */
const DEFAULT_MAX_BODY = 10 * 1024 * 1024;

/** @source facts of the request structure page: GET 32 KB, form 1 MB, JSON 10 MB; a form too large was seen to get the code of a bad signature. */
export function checkSize(context: RequestContext): EmulatorRefusal | undefined {
  const { request, path, gatewayRules, codes } = context;
  const body = Buffer.byteLength(request.body);
  const bytes = body > 0 ? body : Math.max(0, request.path.length - path.length - 1);
  if (!context.oversize && bytes <= (gatewayRules?.maxBytes ?? DEFAULT_MAX_BODY)) return undefined;
  return refuseBreach(context, gatewayRules?.refusals.get("size"), codes.size, { breach: "size" });
}

export function checkMethod(context: RequestContext): EmulatorRefusal | undefined {
  const allowed = context.family === "tencent-cloud" ? ["GET", "POST"] : ["POST"];
  if (allowed.includes(context.request.method)) return undefined;
  return refuseBreach(context, context.gatewayRules?.refusals.get("method"), context.codes.method, { breach: "method" });
}

/** A request that no protocol knows says too little of itself. */
export function checkRoute(context: RequestContext): EmulatorRefusal | undefined {
  if (context.family !== "tencent-im" && context.path !== "/") return refuse(context, context.codes.path);
  if (!context.received) return refuse(context, context.codes.absent, { message: "The request names no action." });
  return undefined;
}

export function checkContentType(context: RequestContext): EmulatorRefusal | undefined {
  const common = context.commonParameters.find((c) => c.name === "Content-Type");
  if (!common) return undefined;
  const value = requestHeader(context.request, "content-type")?.trim() ?? "";
  const breach = findCommonParameterBreach(common, value);
  if (!breach) return undefined;
  return refuseBreach(context, common.refusals.get(breach), context.codes.contentType, {
    parameter: common.name,
    breach,
    value,
  });
}

export function checkActionAndVersion(context: RequestContext): EmulatorRefusal | undefined {
  const { action, service, received, codes, family } = context;
  if (!service) return refuse(context, codes.product);
  if (family === "tencent-cloud" && received?.version !== service.version) {
    return refuse(context, codes.version, { parameter: "Version", value: received?.version });
  }
  return action ? undefined : refuse(context, codes.action, { parameter: "Action", value: received?.action });
}
