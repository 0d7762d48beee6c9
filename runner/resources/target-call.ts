/** The interface through which resources call the target, and the errors of setting up a case. */
import type { Action, BlockingCall, CallMembers, Exchange, ExchangeRole, Json } from "../model/index.ts";

/** `exchange` is missing if no request was sent. */
export type CallResult = { readonly exchange?: Exchange } & (
  | { readonly kind: "accepted"; readonly output: Json | undefined }
  | { readonly kind: "refused"; readonly code: string }
  /** The target has not received the request. */
  | { readonly kind: "unsent"; readonly reason: string }
  /** No response, or one that does not show whether the call had an effect. */
  | {
      readonly kind: "unclear";
      readonly reason: string;
      /** True where a temporary problem of the target explains the response, such as an internal fault. */
      readonly mayPass?: boolean;
    }
);

export type CallTarget = (action: Action, members: CallMembers, role: ExchangeRole) => Promise<CallResult>;

/** The initial state of a case could not be set up: the case gets no verdict, and it is not the case that failed. */
export class SetupError extends Error {
  override name = "SetupError";
  /** The error code, if the target refused a create call because of the request itself. */
  readonly requestErrorCode: string | undefined;
  /** The call that was not accepted, if there is one, and its response. */
  readonly blockedBy: BlockingCall | undefined;
  readonly exchange: Exchange | undefined;
  /** True where a temporary problem of the target explains that response. */
  readonly mayPass: boolean;
  constructor(
    message: string,
    details: {
      blockedBy?: BlockingCall;
      exchange?: Exchange | undefined;
      requestErrorCode?: string;
      mayPass?: boolean;
    } = {},
  ) {
    super(message);
    this.blockedBy = details.blockedBy;
    this.exchange = details.exchange;
    this.requestErrorCode = details.requestErrorCode;
    this.mayPass = details.mayPass ?? false;
  }
}

/** The case needs a resource that the target file does not provide. */
export class MissingProvidedResourceError extends Error {
  override name = "MissingProvidedResourceError";
  readonly resourceKey: string;
  constructor(resourceKey: string) {
    super(`the target provides no ${resourceKey}`);
    this.resourceKey = resourceKey;
  }
}
