/** A verdict -> its description for a reader, with more details than the outcome by which it is compared. */
import type { Verdict } from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import { formatFindings, truncatePart } from "./outcome.ts";

export interface VerdictDescription {
  readonly text: string;
  readonly withoutWarnings: string;
  /** Of a case that did not fail, the status alone, without the code; else the same as `withoutWarnings`. */
  readonly statusOnly: string;
  readonly failing: boolean;
  /** `should: content-type at header:content-type: string`; empty where there is none. */
  readonly warning: string;
}

/** The description of a case that a run does not have. */
export const ABSENT: VerdictDescription = {
  text: "",
  withoutWarnings: "",
  statusOnly: "",
  failing: false,
  warning: "",
};

/** Longest reason of a case without a verdict, in UTF-16 units; the log has the full text. */
const MAX_REASON_UNITS = 160;

/** `failed: effect at GetPersonList: success, not person: gone`; without a verdict `indeterminate` and the reason. */
export function describeVerdict(verdict: Verdict): VerdictDescription {
  const { status, actual, blockedBy, findings } = verdict;
  if (!isJudged(status)) {
    const reason = blockedBy === undefined ? verdict.reason : `a needed call was not accepted: ${blockedBy.response}`;
    const shortened = reason.length > MAX_REASON_UNITS ? `${reason.slice(0, MAX_REASON_UNITS)}…` : reason;
    const text = reason === "" ? status : `${status}: ${shortened}`;
    return { text, withoutWarnings: text, statusOnly: text, failing: false, warning: "" };
  }
  const didNotFail = status === "passed" || status === "observed";
  const [must, should] = [formatFindings(findings, "must", true), formatFindings(findings, "should", true)].map(
    truncatePart,
  );
  const warning = should ? `should: ${should}` : "";
  const join = (...parts: readonly string[]): string => {
    const present = parts.filter((part) => part !== "");
    return present.length === 0 ? status : `${status}: ${present.join("; ")}`;
  };
  const parts = [didNotFail ? truncatePart(actual) : "", must ?? ""];
  const withoutWarnings = join(...parts);
  return {
    text: join(...parts, warning),
    withoutWarnings,
    statusOnly: didNotFail ? status : withoutWarnings,
    failing: !didNotFail,
    warning,
  };
}
