/** What the run lends to resources: a way to call the target, told as plain facts. */
import type { Action, BlockingCall, CallMembers, Exchange, ExchangeRole, Json } from "../model/index.ts";

/** With the exchange it was read from, where a call was made. */
export type CallResult = { readonly exchange?: Exchange } & (
  | { readonly kind: "accepted"; readonly output: Json | undefined }
  | { readonly kind: "refused"; readonly code: string }
  /** Nobody has seen it. */
  | { readonly kind: "unsent"; readonly why: string }
  /** No answer, or one that cannot be read: whatever it was to do may have been done. */
  | { readonly kind: "unclear"; readonly why: string }
);

export type CallTarget = (action: Action, members: CallMembers, role: ExchangeRole) => Promise<CallResult>;

/** A state that could not be built: the case cannot be judged, and it is not the case's fault. */
export class SetupError extends Error {
  override name = "SetupFailed";
  /** The code of a target that refused what was to be made, because of the request itself. */
  readonly refused: string | undefined;
  /** The call that was not accepted, where it was one; and how it went. */
  readonly blocked: BlockingCall | undefined;
  readonly exchange: Exchange | undefined;
  constructor(
    message: string,
    told: { blocked?: BlockingCall; exchange?: Exchange | undefined; refused?: string } = {},
  ) {
    super(message);
    this.blocked = told.blocked;
    this.exchange = told.exchange;
    this.refused = told.refused;
  }
}

/** A need that the target does not give. */
export class MissingProvidedResourceError extends Error {
  override name = "NeedLacking";
  readonly need: string;
  constructor(need: string) {
    super(`the target gives no ${need}`);
    this.need = need;
  }
}
