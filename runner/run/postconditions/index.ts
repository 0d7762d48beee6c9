/** All postconditions, in the order in which they are checked. */

import { effect } from "./effect.ts";
import { neighbourUntouched } from "./neighbour-untouched.ts";
import type { Postcondition } from "./postcondition.ts";
import { unchanged } from "./unchanged.ts";

export const postconditions: readonly Postcondition[] = [effect, neighbourUntouched, unchanged];
