/** All faults in what else a call does. */
import type { Fault } from "../fault.ts";
import { partialFaults } from "./partial.ts";
import { removalFaults } from "./removals.ts";
import { repeatedEffectFaults } from "./repeated.ts";

export const sideEffectFaults: readonly Fault[] = [...removalFaults, ...partialFaults, ...repeatedEffectFaults];
