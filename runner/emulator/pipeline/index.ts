/** The order of precedence: every check that a request passes, the first breach decides. */

import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { authorization } from "./authorization.ts";
import { bodySyntax } from "./body.ts";
import { commonParameters } from "./common-parameters.ts";
import { constraints } from "./constraints.ts";
import { executeAction } from "./execute.ts";
import { checkRequired, checkUndeclared } from "./presence.ts";
import { checkRateLimit } from "./rate-limit.ts";
import { actionAndVersion, checkContentType, checkMethod, checkRoute, checkSize } from "./request-shape.ts";
import { types } from "./types.ts";

export interface Stage {
  readonly name: string;
  readonly check: (context: RequestContext) => EmulatorRefusal | undefined;
}

export const pipeline: readonly Stage[] = [
  { name: "size", check: checkSize },
  { name: "method", check: checkMethod },
  { name: "route", check: checkRoute },
  { name: "content type", check: checkContentType },
  { name: "common parameters", check: commonParameters },
  { name: "authorization", check: authorization },
  { name: "action and version", check: actionAndVersion },
  { name: "pace", check: checkRateLimit },
  { name: "body syntax", check: bodySyntax },
  { name: "unknown parameters", check: checkUndeclared },
  { name: "required, empty, null", check: checkRequired },
  { name: "types", check: types },
  { name: "constraints", check: constraints },
  { name: "state", check: executeAction },
];

/** Sends a request through every stage; its refusal or its output stands in the context afterwards. */
export function runPipeline(context: RequestContext): void {
  for (const stage of pipeline) {
    context.stage = stage.name;
    context.refused = stage.check(context);
    if (context.refused) return;
  }
}
