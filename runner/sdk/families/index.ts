/** All families of the SDK gate, in the order of sending. */

import type { SdkFamily } from "../sdk-family.ts";
import { brokenResponses } from "./broken.ts";
import { codes } from "./codes.ts";
import { retries } from "./retries.ts";
import { sendsShapes } from "./sends-shapes.ts";
import { sendsValid } from "./sends-valid.ts";
import { silence } from "./silence.ts";
import { tokens } from "./tokens.ts";
import { sdkVariants } from "./variants.ts";

export const sdkFamilies: readonly SdkFamily[] = [
  sendsValid,
  sendsShapes,
  codes,
  sdkVariants,
  brokenResponses,
  silence,
  retries,
  tokens,
];
