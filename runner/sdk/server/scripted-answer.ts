/** What the server answers to a request of an SDK: the content, how it is written, and how the connection ends. */
import type { CallMembers } from "../../model/index.ts";

export type ScriptedContent =
  /** What the stateful emulator answers. */
  | { readonly kind: "emulator" }
  /** An accepted call with this output. */
  | { readonly kind: "success"; readonly output: CallMembers }
  /** A refusal with this code. */
  | { readonly kind: "refusal"; readonly code: string }
  /** These bytes. */
  | { readonly kind: "raw"; readonly status: number; readonly contentType: string; readonly body: string }
  /** Not one byte of a response. */
  | { readonly kind: "nothing" };

export interface ScriptedAnswer {
  readonly content: ScriptedContent;
  /** Id of the emulator's variant that writes it. */
  readonly variant?: string;
  /** Sends only the first half of the body. `whole`: Content-Length is that of the whole body; `half`: of what is sent. */
  readonly halfWithLength?: "whole" | "half";
  /** What the server does with the connection where the response is incomplete; it closes the connection where absent. */
  readonly end?: "close" | "reset" | "stall";
}
