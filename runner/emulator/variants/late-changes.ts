/** Variants of time: reading actions see a change as late as the documents allow. */
import type { Variant } from "./variant.ts";

/** Less than the five seconds that the documents allow. */
const DELAY_MS = 2000;

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
];
