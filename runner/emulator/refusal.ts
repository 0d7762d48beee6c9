/** A refusal as a stage or a handler gives it, before an envelope is put around it. */
import type { Json } from "../model/index.ts";

export interface EmulatorRefusal {
  readonly refused: true;
  /** The stage that gave it. */
  readonly stage: string;
  readonly code: string;
  readonly says: string;
  /** The parameter, with `[n]` for an item of a list; empty where it is about the whole call. */
  readonly at: string;
  /** A breach or a keyword, as SPEC-LANGUAGE names them; empty elsewhere. */
  readonly breach: string;
  readonly value: Json | undefined;
}

export type RefusalDetails = Partial<Pick<EmulatorRefusal, "says" | "at" | "breach" | "value">>;

export const isRefused = (result: unknown): result is EmulatorRefusal =>
  typeof result === "object" && result !== null && (result as { refused?: unknown }).refused === true;
