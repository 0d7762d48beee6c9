/** sends-valid: the calls of `assay run` that the documents accept arrive as they were given. */
import { boundary } from "../../cases/families/boundary.ts";
import { sample } from "../../cases/families/sample.ts";
import { valid } from "../../cases/families/valid.ts";
import { planAction } from "../../cases/plan.ts";
import type { Action, Case, Depth } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { memoize } from "../../values/memoize.ts";
import { plainSuccess } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

export const sendsValid: SdkFamily = {
  id: "sends-valid",
  description: "valid calls: each is one request with the given members, a valid signature, the action and its version",
  scope: { quick: "binding", standard: "binding" },
  *cases(action, binding, { depth }) {
    for (const c of acceptedCases(action)) {
      if (c.binding !== binding || !isWanted(c, depth)) continue;
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

/** The bindings of an action follow one another, so one action is enough. */
const casesOfAction = memoize<readonly Case[], Action>(1);
const isFlat = (binding: string): boolean => protocolOf(binding).isFlat(binding);

const acceptedCases = (action: Action): readonly Case[] =>
  casesOfAction(action, () =>
    [...planAction(action, { depth: "exhaustive", isFlat, families: [valid, sample, boundary] })].filter(isSent),
  );

/** A case whose members need no resource and whose call is sent once. */
const isSent = ({ expect, extraResource, listPlan, situation, concurrency }: Case): boolean =>
  expect.outcome === "success" && !extraResource && !listPlan && !situation && !concurrency;

const isWanted = ({ family, place }: Case, depth: Depth): boolean =>
  depth === "exhaustive" || (depth === "quick" ? family === "valid" && place === "call" : place !== "pair");
