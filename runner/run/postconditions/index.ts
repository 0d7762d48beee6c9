/** All postconditions, in the order in which they are checked. */

import { contentsDeleted } from "./contents-deleted.ts";
import { described } from "./described.ts";
import { effect } from "./effect.ts";
import { listed } from "./listed.ts";
import { neighbourUntouched } from "./neighbour-untouched.ts";
import type { Postcondition } from "./postcondition.ts";
import { replay } from "./replay.ts";
import { unchanged } from "./unchanged.ts";

export const postconditions: readonly Postcondition[] = [
  effect,
  neighbourUntouched,
  contentsDeleted,
  replay,
  unchanged,
  listed,
  described,
];
