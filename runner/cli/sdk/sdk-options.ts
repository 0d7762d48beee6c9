/** The options of `assay sdk`. */
import type { SelectionOptions } from "../shared-options.ts";

export interface SdkCommandOptions extends SelectionOptions {
  driver: string;
  seed: number;
  timeout: number;
  out: string;
  known?: string;
  since?: string;
  selfTest?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

/** Seconds. A server on loopback answers at once, and each silent case takes as long. */
export const DEFAULT_SDK_TIMEOUT = 2;
