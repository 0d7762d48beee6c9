/** The order of precedence: every check that a request passes, the first breach decides. */

import { actionAndVersion } from "../action-version.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import { authorization } from "./authorization.ts";
import { bodySyntax } from "./body.ts";
import { commonParameters } from "./common-parameters.ts";
import { constraints } from "./constraints.ts";
import { act } from "./execute.ts";
import { presence, unknownParameters } from "./presence.ts";
import { pace } from "./rate-limit.ts";
import { contentType, method, route, size } from "./request-shape.ts";
import { types } from "./types.ts";

export interface Stage {
  readonly name: string;
  readonly check: (context: Context) => Refused | undefined;
}

export const stages: readonly Stage[] = [
  { name: "size", check: size },
  { name: "method", check: method },
  { name: "route", check: route },
  { name: "content type", check: contentType },
  { name: "common parameters", check: commonParameters },
  { name: "authorization", check: authorization },
  { name: "action and version", check: actionAndVersion },
  { name: "pace", check: pace },
  { name: "body syntax", check: bodySyntax },
  { name: "unknown parameters", check: unknownParameters },
  { name: "required, empty, null", check: presence },
  { name: "types", check: types },
  { name: "constraints", check: constraints },
  { name: "state", check: act },
];

/** Sends a request through every stage; its refusal or its output stands in the context afterwards. */
export function pass(context: Context): void {
  for (const stage of stages) {
    context.stage = stage.name;
    context.refused = stage.check(context);
    if (context.refused) return;
  }
}
