/** What is looked at after a call, in this order. */
import { bystander } from "./bystander.ts";
import { effect } from "./effect.ts";
import type { Proof } from "./proof.ts";
import { unchanged } from "./unchanged.ts";

export const proofs: readonly Proof[] = [effect, bystander, unchanged];
