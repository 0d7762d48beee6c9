/** A family of the SDK gate: an action and a binding → its cases. */
import type { Action, Depth } from "../model/index.ts";
import type { SdkTemplate } from "./sdk-case.ts";

/** `binding`: every action over every binding of the driver. `action`: over its first binding. `service`: its first action only. */
export type SdkScope = "binding" | "action" | "service";

export interface SdkFamily {
  /** The family of its cases is `sdk-` and this id. */
  readonly id: string;
  readonly description: string;
  /** By depth, what has cases; depth `exhaustive` has all. */
  readonly scope: { readonly quick: SdkScope; readonly standard: SdkScope };
  cases(action: Action, binding: string, depth: Depth): Iterable<SdkTemplate>;
}
