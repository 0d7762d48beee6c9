/** What is looked at after a call, in this order. */

import { effect } from "./effect.ts";
import { bystander } from "./neighbour-untouched.ts";
import type { Proof } from "./postcondition.ts";
import { unchanged } from "./unchanged.ts";

export const proofs: readonly Proof[] = [effect, bystander, unchanged];
