/** All variants of the emulator. None of them is a mistake, so no verdict may fail because of one. */
import { findByIds } from "../find-by-id.ts";
import { awsVariants } from "./aws.ts";
import { connectionVariants } from "./connections.ts";
import { jsonVariants } from "./json.ts";
import { lateChangeVariants } from "./late-changes.ts";
import { listVariants } from "./lists.ts";
import { refusalChoiceVariants } from "./refusal-choices.ts";
import { tencentVariants } from "./tencent.ts";
import type { Variant } from "./variant.ts";

export const variants: readonly Variant[] = [
  ...refusalChoiceVariants,
  ...lateChangeVariants,
  ...tencentVariants,
  ...awsVariants,
  ...jsonVariants,
  ...listVariants,
  ...connectionVariants,
];

/** @throws for an unknown id. */
export const findVariants = (ids: readonly string[]): Variant[] => findByIds(variants, ids, "variant");
