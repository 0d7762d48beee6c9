/** A case and its answer → status, reason and findings. Message text is never looked at. */
import type {
  Action,
  CallMembers,
  Case,
  ErrorCause,
  Finding,
  HttpResponse,
  NoResponse,
  Outcome,
  Status,
} from "../model/index.ts";
import { causesOf } from "../spec/error-codes.ts";
import type { Check } from "./check.ts";
import { checks as all } from "./checks/index.ts";
import type { RequestIdHistory } from "./request-id-history.ts";
import { truncateText } from "./truncate.ts";

export interface JudgeResult {
  readonly status: Extract<Status, "passed" | "failed" | "observed" | "indeterminate" | "errored">;
  readonly reason: string;
  readonly actual: string;
  readonly findings: readonly Finding[];
}

/** Causes that say nothing about the case: the target was busy, or did not let us in. */
const nonVerdictCauses: readonly ErrorCause[] = ["busy", "throttle", "auth", "account"];

export function judge(
  c: Case,
  response: HttpResponse | NoResponse,
  outcome: Outcome | null,
  ids: RequestIdHistory,
  checks: readonly Check[] = all,
  members: CallMembers = {},
): JudgeResult {
  if ("reason" in response || outcome === null) {
    const { reason, detail } = response as NoResponse;
    return {
      status: reason === "unsent" ? "errored" : "indeterminate",
      reason: truncateText(`${reason}: ${detail}`),
      actual: reason,
      findings: [],
    };
  }
  if (outcome.kind === "unreadable") return unreadable(c.action, response, outcome.reason);
  const actual = outcome.kind === "success" ? "success" : outcome.code;
  const cause =
    outcome.kind === "refusal" && !accepts(c, outcome.code) ? nonVerdictCause(c.action, outcome.code) : undefined;
  // Where the case is about the signature itself, a refusal of it is an answer.
  if (cause && !c.acceptableCauses.includes(cause))
    return { status: "indeterminate", reason: `answered ${actual}, whose cause is ${cause}`, actual, findings: [] };
  const readable = { testCase: c, response, outcome, ids, members };
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = check.findings(readable);
    if (found.length > 0) findings.push(...found);
  }
  const failed = findings.some((f) => f.level === "must");
  if (failed) return { status: "failed", reason: "", actual, findings };
  return {
    status: c.expect.outcome === "any" ? "observed" : "passed",
    reason: c.expect.outcome === "any" ? (c.rationale ?? "") : "",
    actual,
    findings,
  };
}

/** Statuses of whoever stands between: a proxy that wants a password, a balancer that waited too long, one that is busy. */
const PROXY_STATUSES = [407, 408, 429];

function unreadable({ service: { envelope } }: Action, response: HttpResponse, why: string): JudgeResult {
  if (PROXY_STATUSES.includes(response.status) || response.status >= 500)
    return {
      status: "indeterminate",
      reason: `HTTP ${response.status} without an envelope`,
      actual: `HTTP ${response.status}`,
      findings: [],
    };
  const findings: Finding[] = [];
  // A status that no answer may have tells more than the body that came with it.
  const statuses = [...new Set([...envelope.success.status, ...envelope.refusal.status])];
  if (!statuses.includes(response.status))
    findings.push({ check: "status", level: "must", location: "status", expected: statuses, actual: response.status });
  findings.push({
    check: "envelope",
    level: "must",
    location: "body",
    expected: "the documented envelope",
    actual: why,
  });
  return { status: "failed", reason: "", actual: "unreadable", findings };
}

const accepts = (c: Case, code: string): boolean => c.expect.outcome === "refused" && c.expect.codes.includes(code);

/** The cause that makes an unexpected code no verdict, where all its causes are of that kind. */
function nonVerdictCause(action: Action, code: string): ErrorCause | undefined {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => nonVerdictCauses.includes(cause)) ? causes[0] : undefined;
}
