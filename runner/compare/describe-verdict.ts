/** A verdict → what it came to in words for a reader: more than the state by which it is compared. */
import type { Verdict } from "../model/index.ts";
import { isJudged, short, signatures } from "./outcome.ts";

export interface Words {
  readonly text: string;
  /** Without the warnings. */
  readonly plain: string;
  /** Of a case that did not fail, the status alone: what was seen is no part of how another run fails it. */
  readonly bare: string;
  readonly failing: boolean;
  /** `should: content-type at header:content-type: string`; empty where there is none. */
  readonly warning: string;
}

/** Of a case that a run does not have. */
export const notThere: Words = { text: "", plain: "", bare: "", failing: false, warning: "" };

/** Units of a reason; the log has the whole. */
const most = 160;

/** `failed: effect at GetPersonList: success, not person: gone`; where there is no verdict, `indeterminate` and why. */
export function wordsOf({ status, seen, reason: given, blocked, findings }: Verdict): Words {
  if (!isJudged(status)) {
    const reason = blocked === undefined ? given : `a needed call was not accepted: ${blocked.answer}`;
    const text = reason === "" ? status : `${status}: ${reason.length > most ? `${reason.slice(0, most)}…` : reason}`;
    return { text, plain: text, bare: text, failing: false, warning: "" };
  }
  const fine = status === "passed" || status === "observed";
  const [must, should] = [signatures(findings, "must", true), signatures(findings, "should", true)].map(short);
  const warning = should ? `should: ${should}` : "";
  const worded = (...parts: readonly string[]): string => {
    const told = parts.filter((part) => part !== "");
    return told.length === 0 ? status : `${status}: ${told.join("; ")}`;
  };
  const parts = [fine ? short(seen) : "", must ?? ""];
  const plain = worded(...parts);
  return { text: worded(...parts, warning), plain, bare: fine ? status : plain, failing: !fine, warning };
}
