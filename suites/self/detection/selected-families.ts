/** The families whose faults are tested: those in the environment variable ASSAY_FAMILIES, which `npm run test:changed` sets, or all. */
import { families } from "../../../runner/cases/families/index.ts";

const named = process.env["ASSAY_FAMILIES"];

export const selectedFamilies: readonly string[] = named === undefined ? families.map((f) => f.id) : named.split(",");
