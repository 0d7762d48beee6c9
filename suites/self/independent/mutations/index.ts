/** All mutations, in the order of their kinds. */
import { lateMutations } from "./after-a-while.ts";
import { bodyMutations } from "./bodies.ts";
import { codePlaceMutations } from "./code-places.ts";
import { effectMutations } from "./effects.ts";
import { encodingMutations } from "./encodings.ts";
import { hiddenCodeMutations } from "./hidden-codes.ts";
import { listMutations } from "./lists.ts";
import type { Mutation } from "./mutation.ts";
import { partialMutations } from "./partial-acts.ts";
import { raceMutations } from "./races.ts";
import { signatureMutations } from "./signatures.ts";
import { tokenMutations } from "./tokens.ts";
import { typeMutations } from "./types.ts";

export const mutations: readonly Mutation[] = [
  ...listMutations,
  ...effectMutations,
  ...tokenMutations,
  ...partialMutations,
  ...raceMutations,
  ...signatureMutations,
  ...encodingMutations,
  ...typeMutations,
  ...bodyMutations,
  ...codePlaceMutations,
  ...hiddenCodeMutations,
  ...lateMutations,
];
