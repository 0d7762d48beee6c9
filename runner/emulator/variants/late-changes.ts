/** Variants of time: reading actions see a change as late as the documents allow. */
import type { Variant } from "./variant.ts";

/** Less than the five seconds that the documents allow. */
const DELAY_MS = 2000;
/** The delay that the page of CreatePerson calls the usual one: less than a second. */
const USUAL_DELAY_MS = 800;

export const lateChangeVariants: readonly Variant[] = [
  {
    id: "late-creations",
    description: "Shows created resources two seconds late, and later changes no sooner.",
    freedoms: ["settles"],
    lateChanges: { changes: "creations", delayMs: DELAY_MS },
  },
  {
    id: "late-deletions",
    description: "Shows deleted resources for two more seconds, and later changes no sooner.",
    freedoms: ["settles"],
    lateChanges: { changes: "deletions", delayMs: DELAY_MS },
  },
  {
    id: "late-changes",
    description: "Shows every change 0.8 seconds late.",
    freedoms: ["settles"],
    lateChanges: { changes: "all", delayMs: USUAL_DELAY_MS },
  },
  {
    id: "late-for-every-action",
    description: "Shows every change 0.8 seconds late, also to actions that change something.",
    freedoms: ["settles"],
    lateChanges: { changes: "all", delayMs: USUAL_DELAY_MS, everyAction: true },
  },
];
