/** A verdict → what it came to in words for a reader: more than the state by which it is compared. */
import type { Verdict } from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import { formatFindings, truncatePart } from "./outcome.ts";

export interface VerdictDescription {
  readonly text: string;
  /** Without the warnings. */
  readonly withoutWarnings: string;
  /** Of a case that did not fail, the status alone: what was seen is no part of how another run fails it. */
  readonly statusOnly: string;
  readonly failing: boolean;
  /** `should: content-type at header:content-type: string`; empty where there is none. */
  readonly warning: string;
}

/** Of a case that a run does not have. */
export const ABSENT: VerdictDescription = {
  text: "",
  withoutWarnings: "",
  statusOnly: "",
  failing: false,
  warning: "",
};

/** Units of a reason; the log has the whole. */
const most = 160;

/** `failed: effect at GetPersonList: success, not person: gone`; where there is no verdict, `indeterminate` and why. */
export function describeVerdict({ status, actual, reason: given, blockedBy, findings }: Verdict): VerdictDescription {
  if (!isJudged(status)) {
    const reason = blockedBy === undefined ? given : `a needed call was not accepted: ${blockedBy.response}`;
    const text = reason === "" ? status : `${status}: ${reason.length > most ? `${reason.slice(0, most)}…` : reason}`;
    return { text, withoutWarnings: text, statusOnly: text, failing: false, warning: "" };
  }
  const fine = status === "passed" || status === "observed";
  const [must, should] = [formatFindings(findings, "must", true), formatFindings(findings, "should", true)].map(
    truncatePart,
  );
  const warning = should ? `should: ${should}` : "";
  const worded = (...parts: readonly string[]): string => {
    const told = parts.filter((part) => part !== "");
    return told.length === 0 ? status : `${status}: ${told.join("; ")}`;
  };
  const parts = [fine ? truncatePart(actual) : "", must ?? ""];
  const withoutWarnings = worded(...parts);
  return {
    text: worded(...parts, warning),
    withoutWarnings: withoutWarnings,
    statusOnly: fine ? status : withoutWarnings,
    failing: !fine,
    warning,
  };
}
