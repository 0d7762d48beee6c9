/** What a hostile behaviour is: how an answer is told, and what an honest verdict on it can be. */
import type { Socket } from "node:net";
import type { Status } from "../../../runner/model/index.ts";

/** The envelope that a call speaks. */
export type EnvelopeKind = "cloud" | "im" | "aws";

/** What the emulator would have said. */
export interface HostileResponse {
  readonly status: number;
  /** Without those that frame the body. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly refused: boolean;
  readonly voice: EnvelopeKind;
}

export interface ResponseWriter {
  readonly socket: Socket;
  readonly answer: HostileResponse;
  /** The request as it came. */
  readonly request: Buffer;
  /** From 1, on this connection. */
  readonly nth: number;
  /** Another server of ours, which counts who comes. */
  readonly elsewhere: string;
  /** Answers that are held back: one list for each server. */
  readonly held: ResponseWriter[];
}

/** The statuses that a case may have whose answer came this way: where it was accepted, and where it was refused. */
export interface ExpectedVerdict {
  readonly accepted: readonly Status[];
  readonly refused: readonly Status[];
}

export interface HostileBehaviour {
  readonly id: string;
  readonly comes: ExpectedVerdict | { readonly [voice in EnvelopeKind]: ExpectedVerdict };
  readonly tell: (telling: ResponseWriter) => void;
  /** Told of each new connection, before a byte is read; then nobody else speaks on it. */
  readonly connected?: (socket: Socket) => void;
  /** Only some answers hold what it changes: the others are as they were. */
  readonly partly?: true;
  /** The client's patience is what ends it. */
  readonly waits?: true;
  /** Whom it meets, where that is not everyone, and then each refusal. */
  readonly whens?: readonly When[];
}

/** From the first byte; in place of each refusal; on each call that makes something; or once all went well for a while. */
export type When = "always" | "refusals" | "changes" | "later";

export const everywhere: readonly When[] = ["always", "refusals", "changes", "later"];
/** What takes its time is not asked for by each refusal. */
export const MAX_CASES_PER_BEHAVIOUR: readonly When[] = ["always", "changes", "later"];
/** Once is enough for what takes its time. */
export const once: readonly When[] = ["always"];

const both = (...statuses: readonly Status[]): ExpectedVerdict => ({ accepted: statuses, refused: statuses });

/** Legal, however odd: the verdict is that on the answer itself. */
export const expectPassed = both("passed");
/** An answer, and not the documented one. */
export const expectFailed = both("failed");
/** Trouble on the way: nobody's verdict. */
export const expectIndeterminate = both("indeterminate");
/** The caller is refused: nobody's verdict, but for a case that asks what becomes of such a caller. */
export const expectAuth = both("indeterminate");
/** The answer itself, or trouble on the way: which of them, chance decides. */
export const expectAnyOf = both("passed", "indeterminate");
/** One call gets another's answer: whatever it comes to, the target did that. */
export const expectRandom = both("passed", "failed", "indeterminate");
/** A refusal is told with another code than the documented one; what was accepted is as it was. */
export const otherCode: ExpectedVerdict = { accepted: ["passed"], refused: ["failed"] };
/** What was accepted is told otherwise; a refusal is as it was. */
export const otherOutput: ExpectedVerdict = { accepted: ["failed"], refused: ["passed"] };

export const expectedVerdicts = ({ comes }: HostileBehaviour, voice: EnvelopeKind): ExpectedVerdict =>
  "cloud" in comes ? comes[voice] : comes;
