/** The checks that a request passes, in the order of their precedence: the first breach decides the refusal. */
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { checkAuthorization } from "./authorization.ts";
import { checkBody } from "./body.ts";
import { checkCommonParameters } from "./common-parameters.ts";
import { checkConstraints } from "./constraints.ts";
import { executeAction } from "./execute.ts";
import { refuseByChoice } from "./forced-code.ts";
import { checkRequired, checkUndeclared } from "./presence.ts";
import { checkRateLimit } from "./rate-limit.ts";
import { checkActionAndVersion, checkContentType, checkMethod, checkRoute, checkSize } from "./request-shape.ts";
import { checkTypes } from "./types.ts";

export interface Stage {
  /** Part of default messages and of the detection matrix. */
  readonly name: string;
  readonly check: (context: RequestContext) => EmulatorRefusal | undefined;
}

export const pipeline: readonly Stage[] = [
  { name: "size", check: checkSize },
  { name: "method", check: checkMethod },
  { name: "route", check: checkRoute },
  { name: "content type", check: checkContentType },
  { name: "common parameters", check: checkCommonParameters },
  { name: "authorization", check: checkAuthorization },
  { name: "action and version", check: checkActionAndVersion },
  { name: "forced code", check: refuseByChoice },
  { name: "pace", check: checkRateLimit },
  { name: "body syntax", check: checkBody },
  { name: "unknown parameters", check: checkUndeclared },
  { name: "required, empty, null", check: checkRequired },
  { name: "types", check: checkTypes },
  { name: "constraints", check: checkConstraints },
  { name: "state", check: executeAction },
];

/** Runs the stages until one refuses the request, and stores its refusal or its output in the context. */
export function runPipeline(context: RequestContext): void {
  for (const stage of pipeline) {
    context.stage = stage.name;
    context.refusal = stage.check(context);
    if (context.refusal) return;
  }
}
