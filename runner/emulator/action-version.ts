/** The product, its version and the action that a request names. */

import type { EmulatorRefusal } from "./refusal.ts";
import { type RequestContext, refuse } from "./request-context.ts";

export function actionAndVersion(context: RequestContext): EmulatorRefusal | undefined {
  const { action, service, received, codes, family } = context;
  if (!service) return refuse(context, codes.product);
  if (family === "tencent-cloud" && received?.version !== service.version) {
    return refuse(context, codes.version, { at: "Version", value: received?.version });
  }
  return action ? undefined : refuse(context, codes.action, { at: "Action", value: received?.action });
}
