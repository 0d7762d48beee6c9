/** What a hostile behaviour is: how an answer is told, and what an honest verdict on it can be. */
import type { Socket } from "node:net";
import type { Status } from "../../../runner/model/index.ts";

/** The envelope that a call speaks. */
export type Voice = "cloud" | "im" | "aws";

/** What the emulator would have said. */
export interface Answer {
  readonly status: number;
  /** Without those that frame the body. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly refused: boolean;
  readonly voice: Voice;
}

export interface Telling {
  readonly socket: Socket;
  readonly answer: Answer;
  /** The request as it came. */
  readonly request: Buffer;
  /** From 1, on this connection. */
  readonly nth: number;
  /** Another server of ours, which counts who comes. */
  readonly elsewhere: string;
  /** Answers that are held back: one list for each server. */
  readonly held: Telling[];
}

/** The statuses that a case may have whose answer came this way: where it was accepted, and where it was refused. */
export interface Comes {
  readonly accepted: readonly Status[];
  readonly refused: readonly Status[];
}

export interface Behaviour {
  readonly id: string;
  readonly comes: Comes | { readonly [voice in Voice]: Comes };
  readonly tell: (telling: Telling) => void;
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
export const most: readonly When[] = ["always", "changes", "later"];
/** Once is enough for what takes its time. */
export const once: readonly When[] = ["always"];

const both = (...statuses: readonly Status[]): Comes => ({ accepted: statuses, refused: statuses });

/** Legal, however odd: the verdict is that on the answer itself. */
export const fine = both("passed");
/** An answer, and not the documented one. */
export const wrong = both("failed");
/** Trouble on the way: nobody's verdict. */
export const lost = both("indeterminate");
/** The caller is refused: nobody's verdict, but for a case that asks what becomes of such a caller. */
export const denied = both("indeterminate");
/** The answer itself, or trouble on the way: which of them, chance decides. */
export const either = both("passed", "indeterminate");
/** One call gets another's answer: whatever it comes to, the target did that. */
export const chance = both("passed", "failed", "indeterminate");
/** A refusal is told with another code than the documented one; what was accepted is as it was. */
export const otherCode: Comes = { accepted: ["passed"], refused: ["failed"] };
/** What was accepted is told otherwise; a refusal is as it was. */
export const otherOutput: Comes = { accepted: ["failed"], refused: ["passed"] };

export const comesOf = ({ comes }: Behaviour, voice: Voice): Comes => ("cloud" in comes ? comes[voice] : comes);
