/** A family of the SDK gate: an action and a binding → its cases. */
import type { Action, Depth } from "../model/index.ts";
import type { SdkTemplate } from "./sdk-case.ts";

/** `binding`: every action over every binding of the driver. `action`: over its first binding. `service`: its first action only. */
export type SdkScope = "binding" | "action" | "service";

/** How many cases an action has. */
export interface SdkDepth {
  readonly depth: Depth;
  /** True for the first action of each service, and for all at depth `exhaustive`: what an SDK does in the same code for all actions. */
  readonly isFirst: boolean;
}

export interface SdkFamily {
  /** The family of its cases is `sdk-` and this id. */
  readonly id: string;
  readonly description: string;
  /** By depth, what has cases; depth `exhaustive` has all. */
  readonly scope: { readonly quick: SdkScope; readonly standard: SdkScope };
  cases(action: Action, binding: string, options: SdkDepth): Iterable<SdkTemplate>;
}
