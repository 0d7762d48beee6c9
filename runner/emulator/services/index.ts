/** Every service whose state is kept by hand. */

import type { ServiceEmulation } from "./handler.ts";
import { iai } from "./iai.ts";
import { im } from "./im.ts";
import { organization } from "./organization.ts";
import { rekognition } from "./rekognition.ts";
import { sts } from "./sts.ts";

// Each keeper is only ever given the state that it opened itself, so the type of that state is nobody else's business.
export const serviceEmulations = [
  iai,
  organization,
  im,
  sts,
  rekognition,
] as unknown as readonly ServiceEmulation<unknown>[];
