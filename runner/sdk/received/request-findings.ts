/** A request of any client → what in it contradicts the documents, by check. */
import { checkAuthorization } from "../../emulator/pipeline/authorization.ts";
import { checkBody } from "../../emulator/pipeline/body.ts";
import { checkCommonParameters } from "../../emulator/pipeline/common-parameters.ts";
import { checkUndeclared } from "../../emulator/pipeline/presence.ts";
import {
  checkActionAndVersion,
  checkContentType,
  checkMethod,
  checkRoute,
} from "../../emulator/pipeline/request-shape.ts";
import { checkTypes } from "../../emulator/pipeline/types.ts";
import type { EmulatorRefusal } from "../../emulator/refusal.ts";
import type { RequestContext } from "../../emulator/request-context.ts";
import { difference, type SdkFinding } from "../sdk-check.ts";

export type ReceivedCheckId = "routing" | "signature" | "members";

export interface ReceivedCheck {
  readonly id: ReceivedCheckId;
  /** What every request must do, as a sentence of the verdict. */
  readonly title: string;
  /** In their order; the first that is not met is the finding. Values are not judged: a test may send what is to be refused. */
  readonly stages: readonly (readonly [
    location: string,
    check: (context: RequestContext) => EmulatorRefusal | undefined,
  ])[];
}

/** All checks of received requests. */
export const receivedChecks: readonly ReceivedCheck[] = [
  {
    id: "routing",
    title: "MUST send the documented method, path, content type, common parameters and version",
    stages: [
      ["method", checkMethod],
      ["path", checkRoute],
      ["content type", checkContentType],
      ["common parameters", checkCommonParameters],
      ["version", checkActionAndVersion],
    ],
  },
  { id: "signature", title: "MUST sign as documented", stages: [["signature", checkAuthorization]] },
  {
    id: "members",
    title: "MUST send only documented members, each of the documented type",
    stages: [
      ["body", checkBody],
      ["members", checkUndeclared],
      ["members", checkTypes],
    ],
  },
];

/** Undefined where the request is as documented. */
export function requestFinding(check: ReceivedCheck, context: RequestContext): SdkFinding | undefined {
  for (const [location, stage] of check.stages) {
    const refusal = stage(context);
    if (refusal === undefined) continue;
    const place = location === "members" && refusal.parameter !== "" ? `/${refusal.parameter}` : location;
    return difference(place, "as documented", `${refusal.parameter || location}: ${refusal.breach || refusal.code}`);
  }
  return undefined;
}
