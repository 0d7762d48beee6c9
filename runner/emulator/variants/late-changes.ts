/** Freedoms of time: a change may take as long to be seen as the documents say. */
import type { Variant } from "./variant.ts";

/** Milliseconds, of the five seconds that the documents grant. */
const by = 2000;

export const lateChangeVariants: readonly Variant[] = [
  {
    id: "late-creations",
    description: "Shows what was made only two seconds later, and what came after it no sooner.",
    freedoms: ["settles"],
    lateChanges: { changes: "creations", delayMs: by },
  },
  {
    id: "late-deletions",
    description: "Shows what was deleted for two seconds more, and what came after it no sooner.",
    freedoms: ["settles"],
    lateChanges: { changes: "deletions", delayMs: by },
  },
];
