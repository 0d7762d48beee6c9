/** Types of hostile behaviours: how a response is delivered, and which statuses a case may then have. */
import type { Socket } from "node:net";
import type { Status } from "../../../runner/model/index.ts";

/** The envelope of a call: Tencent Cloud, Tencent IM or AWS. */
export type EnvelopeKind = "cloud" | "im" | "aws";

/** The response of the emulator, before the behaviour changes it. */
export interface OriginalResponse {
  readonly status: number;
  /** Without the headers that frame the body, such as content-length. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Whether the response refuses the call. */
  readonly refused: boolean;
  readonly envelope: EnvelopeKind;
}

/** A response that a behaviour delivers. */
export interface Delivery {
  readonly socket: Socket;
  readonly response: OriginalResponse;
  /** The request, unchanged. */
  readonly request: Buffer;
  /** Number of the request on this connection, from 1. */
  readonly requestNumber: number;
  /** URL of another server, which counts the requests that follow a redirect. */
  readonly redirectUrl: string;
  /** Responses that are delayed; one list per server. */
  readonly delayed: Delivery[];
}

/** The statuses that a case may have if its response was delivered by the behaviour: by whether the emulator accepted or refused the call. */
export interface ExpectedVerdict {
  readonly accepted: readonly Status[];
  readonly refused: readonly Status[];
}

export interface HostileBehaviour {
  /** `GROUP/NAME`. */
  readonly id: string;
  readonly expected: ExpectedVerdict | { readonly [envelope in EnvelopeKind]: ExpectedVerdict };
  readonly deliver: (delivery: Delivery) => void;
  /** Called for each new connection before a byte is read; the proxy then writes nothing to it. */
  readonly onConnect?: (socket: Socket) => void;
  /** Only some responses contain what the behaviour changes; the others stay as they were. */
  readonly changesSomeResponses?: true;
  /** Only a timeout of the client ends the call. */
  readonly endsByTimeout?: true;
  /** The activations to test, if not `always` and `refusals`. */
  readonly activations?: readonly Activation[];
}

/** For which calls the behaviour is active: all; refused ones; creates; or all after some normal responses. */
export type Activation = "always" | "refusals" | "changes" | "later";

export const allActivations: readonly Activation[] = ["always", "refusals", "changes", "later"];
/** For slow behaviours, since many calls are refused. */
export const exceptRefusals: readonly Activation[] = ["always", "changes", "later"];
/** For very slow behaviours. */
export const onlyAlways: readonly Activation[] = ["always"];

const forBoth = (...statuses: readonly Status[]): ExpectedVerdict => ({ accepted: statuses, refused: statuses });

/** Valid HTTP and JSON, even if unusual: the case passes. */
export const expectPassed = forBoth("passed");
/** A response that differs from the documented one. */
export const expectFailed = forBoth("failed");
/** A problem of the connection or a gateway, which does not show what the target does. */
export const expectIndeterminate = forBoth("indeterminate");
/** A closed connection is a failure only where other calls get a response: see `acceptableStatuses`. */
export const expectClosed: ExpectedVerdict = { accepted: ["indeterminate"], refused: ["indeterminate", "failed"] };
/** A code whose cause excuses it, such as a refusal of the credentials: a case fails with it only where its control is accepted. */
export const expectExcusedCode: ExpectedVerdict = { accepted: ["indeterminate"], refused: ["indeterminate", "failed"] };
/** Depends on timing: the response arrives unchanged, or the connection fails. */
export const expectPassedOrIndeterminate = forBoth("passed", "indeterminate");
/** A call gets the response to another call, so any verdict is correct. */
export const expectAnyVerdict = forBoth("passed", "failed", "indeterminate");
/** A refusal has another code than the documented one; an accepted call is unchanged. */
export const expectOtherCode: ExpectedVerdict = { accepted: ["passed"], refused: ["failed"] };
/** The output of an accepted call is changed; a refusal is unchanged. */
export const expectOtherOutput: ExpectedVerdict = { accepted: ["failed"], refused: ["passed"] };

export const expectedVerdicts = ({ expected }: HostileBehaviour, envelope: EnvelopeKind): ExpectedVerdict =>
  "cloud" in expected ? expected[envelope] : expected;
