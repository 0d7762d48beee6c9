/** The dependencies of evaluating the cases of one service. */
import type { Check } from "../../check/check.ts";
import type { RequestIdHistory } from "../../check/request-id-history.ts";
import type { ServiceTarget } from "../../model/index.ts";
import type { Deaths } from "../deaths.ts";
import type { Postcondition, PostconditionContext } from "../postconditions/postcondition.ts";
import type { SendContext } from "../send/send.ts";
import type { ControlCache } from "./controls.ts";

export interface EvaluationContext extends PostconditionContext {
  readonly sendContext: SendContext;
  /** The part of the target that serves the service. */
  readonly to: ServiceTarget;
  readonly controls: ControlCache;
  readonly deaths: Pick<Deaths, "watch">;
  readonly ids: RequestIdHistory;
  readonly checks: readonly Check[];
  readonly postconditions: readonly Postcondition[];
  readonly seed: number;
  /** Returns a new token, which contains the id of the run. */
  readonly token: () => string;
  /** Called while what a case created still exists. */
  readonly whileCreated?: () => Promise<void>;
}
