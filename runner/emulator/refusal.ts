/** A refusal of a stage or a handler, before it is written into an envelope. */
import type { Json } from "../model/index.ts";

export interface EmulatorRefusal {
  readonly refused: true;
  /** The name of the stage that refused the request. */
  readonly stage: string;
  readonly code: string;
  /** Empty for the default message. */
  readonly message: string;
  /**
   * The name of the parameter, with `[n]` for an item of a list; the name of a header or of a cross-parameter rule.
   * Empty where the refusal is about the whole call.
   */
  readonly parameter: string;
  /** The name of the place in the spec, such as `Tags[].Key`, for a value of a parameter or inside one. */
  readonly place?: string;
  /** The breach or JSON Schema keyword, as in `refusals` of the spec files; an AuthFailure of the signature; else empty. */
  readonly breach: string;
  /** The value that was sent. */
  readonly value: Json | undefined;
}

export type RefusalDetails = Partial<Pick<EmulatorRefusal, "message" | "parameter" | "place" | "breach" | "value">>;

export const isRefused = (result: unknown): result is EmulatorRefusal =>
  typeof result === "object" && result !== null && (result as { refused?: unknown }).refused === true;
