/** A case and its response -> status, reason and findings. The text of error messages is never evaluated. */
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
import { checks as allChecks } from "./checks/index.ts";
import { isCrash } from "./crash.ts";
import type { RequestIdHistory } from "./request-id-history.ts";
import { truncateText } from "./truncate.ts";

export interface JudgeResult {
  readonly status: Extract<Status, "passed" | "failed" | "observed" | "indeterminate" | "errored">;
  readonly reason: string;
  readonly actual: string;
  readonly findings: readonly Finding[];
  /** The cause of a refusal that excuses it from having the code that a document states for the case. */
  readonly excusedBy?: ErrorCause;
  /** True where the service failed by itself, which may pass: the case is evaluated once more, with new values. */
  readonly mayPass?: true;
}

/** `outcome`: the decoded response; null where there is no response. */
export function judge(
  testCase: Case,
  response: HttpResponse | NoResponse,
  outcome: Outcome | null,
  ids: RequestIdHistory,
  checks: readonly Check[] = allChecks,
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
  if (outcome.kind === "unreadable") return judgeUnreadable(testCase, response, outcome.reason);
  const actual = outcome.kind === "success" ? "success" : outcome.code;
  const cause =
    outcome.kind === "refusal" && !isExpectedCode(testCase, outcome.code)
      ? nonVerdictCause(testCase.action, outcome.code)
      : undefined;
  // A case about the signature has `auth` among its acceptable causes: a refusal of the signature decides it.
  if (cause && !testCase.acceptableCauses.includes(cause))
    return {
      status: "indeterminate",
      reason: `the response ${actual} has the cause ${cause}, so it does not decide the case`,
      actual,
      findings: [],
      ...(isExcusable(testCase) ? { excusedBy: cause } : {}),
    };
  const readable = { testCase, response, outcome, ids, members };
  const findings: Finding[] = [];
  for (const check of checks) {
    const checkFindings = check.findings(readable);
    if (checkFindings.length > 0) findings.push(...checkFindings);
  }
  const failed = findings.some(({ level }) => level === "must");
  if (failed) return { status: "failed", reason: "", actual, findings };
  const undecided = testCase.expect.outcome === "any";
  const { rationale = "" } = testCase;
  const isInferred = rationale !== "" && findings.some(({ check }) => check === "code");
  return {
    status: undecided ? "observed" : "passed",
    reason: undecided ? rationale : isInferred ? `the expected code is inferred: ${rationale}` : "",
    actual,
    findings,
  };
}

/** Statuses of proxies and load balancers: authentication required, request timeout, too many requests. */
const PROXY_STATUSES = [407, 408, 429];

/** Content too large, URI too long, header fields too large. */
const SIZE_STATUSES = [413, 414, 431];

/** A server in front of the service may refuse a request that is too long: a page of the service states nothing about it. */
const isRefusedForSize = (testCase: Case, { status }: HttpResponse): boolean =>
  SIZE_STATUSES.includes(status) && isTooLarge(testCase);

export const isTooLarge = ({ edit, expect }: Case): boolean =>
  expect.outcome === "refused" &&
  edit?.op === "request" &&
  (edit.mutation.beforeSigning ?? []).some(({ op }) => op === "pad");

function judgeUnreadable(testCase: Case, response: HttpResponse, actual: string): JudgeResult {
  const { envelope } = testCase.action.service;
  if (isRefusedForSize(testCase, response))
    return {
      status: "passed",
      reason: `HTTP ${response.status} without an envelope: refused before the request reached the service`,
      actual: `HTTP ${response.status}`,
      findings: [],
    };
  const crashed = isCrash(response);
  if (PROXY_STATUSES.includes(response.status) || (response.status >= 500 && !crashed))
    return {
      status: "indeterminate",
      reason: `HTTP ${response.status} without an envelope`,
      actual: `HTTP ${response.status}`,
      findings: [],
    };
  const findings: Finding[] = [];
  // An undocumented status often explains more than the body.
  const statuses = [...new Set([...envelope.success.status, ...envelope.refusal.status])];
  if (!statuses.includes(response.status))
    findings.push({ check: "status", level: "must", location: "status", expected: statuses, actual: response.status });
  if (!crashed)
    return { status: "failed", reason: "", actual: "unreadable", findings: [...findings, noEnvelope(actual)] };
  const status = `HTTP ${response.status}`;
  findings.push(noEnvelope(`${status}, ${actual}`));
  return { status: "failed", reason: "the service failed by itself", actual: status, findings, mayPass: true };
}

/** What the target sent in place of the envelope, or that it closed the connection. */
export const noEnvelope = (actual: string): Finding => ({
  check: "envelope",
  level: "must",
  location: "body",
  expected: "the documented envelope",
  actual,
});

/** True where a document states the code, so that another one contradicts it unless it is excused. */
export const isExcusable = ({ level, expect }: Case): boolean => level === "must" && expect.outcome === "refused";

const isExpectedCode = ({ expect }: Case, code: string): boolean =>
  expect.outcome === "refused" && expect.codes.includes(code);

/** Causes that do not decide a case: the target was busy or did not accept the credentials. */
const nonVerdictCauses: readonly ErrorCause[] = ["busy", "throttle", "auth", "account"];

/** The first cause of the code, where none of its causes decides a case. */
function nonVerdictCause(action: Action, code: string): ErrorCause | undefined {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => nonVerdictCauses.includes(cause)) ? causes[0] : undefined;
}
