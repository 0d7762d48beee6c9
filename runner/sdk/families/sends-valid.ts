/** sends-valid: the calls of `assay run` that the documents accept arrive as they were given. */
import { boundary } from "../../cases/families/boundary.ts";
import { sample } from "../../cases/families/sample.ts";
import { valid } from "../../cases/families/valid.ts";
import { planAction } from "../../cases/plan.ts";
import type { Case, Depth } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { plainSuccess } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

export const sendsValid: SdkFamily = {
  id: "sends-valid",
  description: "valid calls: each is one request with the given members, a valid signature, the action and its version",
  scope: { quick: "binding", standard: "binding" },
  *cases(action, binding, depth) {
    const isFlat = (id: string) => protocolOf(id).isFlat(id);
    for (const c of planAction(action, { depth: "exhaustive", isFlat, families: [valid, sample, boundary] })) {
      if (c.binding !== binding || !isSent(c) || !isWanted(c, depth)) continue;
      yield {
        place: [c.family, c.place].filter((part) => part !== "").join("/"),
        slug: c.slug,
        title: c.title.replace(/^MUST accept/, "MUST send"),
        source: c.source,
        sentCase: c,
        ...plainSuccess(action),
        judgesRequests: true,
      };
    }
  },
};

/** A case whose members need no resource and whose call is sent once. */
const isSent = ({ expect, extraResource, listPlan, situation, concurrency }: Case): boolean =>
  expect.outcome === "success" && !extraResource && !listPlan && !situation && !concurrency;

const isWanted = ({ family, place }: Case, depth: Depth): boolean =>
  depth === "exhaustive" || (depth === "quick" ? family === "valid" && place === "call" : place !== "pair");
