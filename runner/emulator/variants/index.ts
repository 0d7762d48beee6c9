/** Every freedom that some variant of the emulator uses: none of them is a mistake, and none may be blamed. */
import { findByIds } from "../find-by-id.ts";
import { awsTwins } from "./aws.ts";
import { connectionTwins } from "./connections.ts";
import { jsonTwins } from "./json.ts";
import { lateTwins } from "./late-changes.ts";
import { choiceTwins } from "./refusal-choices.ts";
import { tencentTwins } from "./tencent.ts";
import type { Variant } from "./variant.ts";

export const variants: readonly Variant[] = [
  ...choiceTwins,
  ...lateTwins,
  ...tencentTwins,
  ...awsTwins,
  ...jsonTwins,
  ...connectionTwins,
];

/** @throws where one of the ids is no twin's. */
export const findVariants = (ids: readonly string[]): Variant[] => findByIds(variants, ids, "twin");
