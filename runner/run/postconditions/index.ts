/** What is looked at after a call, in this order. */

import { effect } from "./effect.ts";
import { neighbourUntouched } from "./neighbour-untouched.ts";
import type { Postcondition } from "./postcondition.ts";
import { unchanged } from "./unchanged.ts";

export const postconditions: readonly Postcondition[] = [effect, neighbourUntouched, unchanged];
