/** All service emulations. */

import type { ServiceEmulation } from "./handler.ts";
import { iai } from "./iai.ts";
import { im } from "./im.ts";
import { organization } from "./organization.ts";
import { rekognition } from "./rekognition.ts";
import { sts } from "./sts.ts";

// A service emulation is only ever called with a state that its own initialState returned, so the type of the state is dropped here.
export const serviceEmulations = [
  iai,
  organization,
  im,
  sts,
  rekognition,
] as unknown as readonly ServiceEmulation<unknown>[];
