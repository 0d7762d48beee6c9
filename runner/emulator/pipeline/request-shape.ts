/** The checks of the request as a whole: size, method, route, content type; and, after the signature, action and version. */
import { requestHeader } from "../header.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { findCommonParameterBreach } from "./common-parameters.ts";

/** The server discards what a body has beyond this. More than every documented limit, so that the pipeline refuses by size. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** For bindings without a documented limit. */
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/**
 * The size of the body or, without a body, of the query.
 * @source request structure page: GET 32 KB, form 1 MB, JSON 10 MB. The real service was observed to answer a form that is too large with the code of a wrong signature.
 */
export function checkSize(context: RequestContext): EmulatorRefusal | undefined {
  const { request, path, gatewayRules, codes } = context;
  const body = Buffer.byteLength(request.body);
  const bytes = body > 0 ? body : Math.max(0, request.path.length - path.length - 1);
  if (!context.oversize && bytes <= (gatewayRules?.maxBytes ?? DEFAULT_MAX_BYTES)) return undefined;
  return refuseBreach(context, gatewayRules?.refusals.get("size"), codes.size, { breach: "size" });
}

export function checkMethod(context: RequestContext): EmulatorRefusal | undefined {
  const allowed = context.family === "tencent-cloud" ? ["GET", "POST"] : ["POST"];
  if (allowed.includes(context.request.method)) return undefined;
  return refuseBreach(context, context.gatewayRules?.refusals.get("method"), context.codes.method, {
    breach: "method",
  });
}

/** A request that no protocol can read does not name its action. */
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
