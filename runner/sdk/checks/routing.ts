/** routing: method, path, content type, common parameters, action, version and binding are those of the call. */
import { checkCommonParameters } from "../../emulator/pipeline/common-parameters.ts";
import { checkUndeclaredClient } from "../../emulator/pipeline/presence.ts";
import {
  checkActionAndVersion,
  checkContentType,
  checkMethod,
  checkRoute,
} from "../../emulator/pipeline/request-shape.ts";
import type { RequestContext } from "../../emulator/request-context.ts";
import type { SdkCase } from "../sdk-case.ts";
import { difference, type SdkCheck, type SdkFinding } from "../sdk-check.ts";

const stages = [
  ["method", checkMethod],
  ["path", checkRoute],
  ["content type", checkContentType],
  ["common parameters", checkCommonParameters],
  ["version", checkActionAndVersion],
  ["headers", checkUndeclaredClient],
] as const;

export const routing: SdkCheck = {
  id: "routing",
  of: "request",
  findings: ({ sdkCase, received }) => received.flatMap(({ context }) => routingOf(sdkCase, context)),
};

function routingOf({ action, binding }: SdkCase, context: RequestContext): SdkFinding[] {
  const sentBinding = context.received?.binding ?? "none";
  if (sentBinding !== binding) return [difference("binding", binding, sentBinding)];
  const sentAction = action.path === undefined ? context.received?.action : context.path;
  const wantedAction = action.path ?? action.name;
  if (sentAction !== wantedAction) return [difference("action", wantedAction, sentAction ?? "none")];
  for (const [stage, check] of stages) {
    const refusal = check(context);
    if (refusal)
      return [difference(stage, "as documented", `${refusal.parameter || stage}: ${refusal.breach || refusal.code}`)];
  }
  return [];
}
