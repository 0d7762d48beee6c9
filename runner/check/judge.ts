/** A case and its answer → status, reason and findings. Message text is never looked at. */
import type { Action, Case, Cause, Finding, HttpResponse, Outcome, Status, Unanswered } from "../model.ts";
import { rowOf } from "../spec/codes.ts";
import { formFindings } from "./answer.ts";
import { itemFindings } from "./items.ts";
import { sampleFindings } from "./sample.ts";
import type { SeenIds } from "./seen-ids.ts";

export interface Judgement {
  readonly status: Extract<Status, "passed" | "failed" | "observed" | "indeterminate" | "errored">;
  readonly reason: string;
  readonly seen: string;
  readonly findings: readonly Finding[];
}

/** Causes that say nothing about the case: the target was busy, or did not let us in. */
const trouble: readonly Cause[] = ["busy", "throttle", "auth", "account"];

export function judge(c: Case, response: HttpResponse | Unanswered, outcome: Outcome | null, ids: SeenIds): Judgement {
  if ("why" in response || outcome === null) {
    const { why, detail } = response as Unanswered;
    return {
      status: why === "unsent" ? "errored" : "indeterminate",
      reason: `${why}: ${detail}`,
      seen: why,
      findings: [],
    };
  }
  if (outcome.kind === "unreadable") return unreadable(response, outcome.why);
  const seen = outcome.kind === "success" ? "success" : outcome.code;
  const troubled =
    outcome.kind === "refusal" && !accepts(c, outcome.code) ? troubleOf(c.action, outcome.code) : undefined;
  if (troubled)
    return { status: "indeterminate", reason: `answered ${seen}, whose cause is ${troubled}`, seen, findings: [] };
  const findings = [
    ...formFindings(c.action, response, outcome, ids),
    ...outcomeFindings(c, outcome),
    ...documented(c, outcome),
  ];
  const failed = findings.some((f) => f.level === "must");
  if (failed) return { status: "failed", reason: "", seen, findings };
  return {
    status: c.expect.outcome === "any" ? "observed" : "passed",
    reason: c.expect.outcome === "any" ? (c.why ?? "") : "",
    seen,
    findings,
  };
}

function unreadable(response: HttpResponse, why: string): Judgement {
  const gateway = response.status === 429 || response.status >= 500;
  if (gateway)
    return {
      status: "indeterminate",
      reason: `HTTP ${response.status} without an envelope`,
      seen: `HTTP ${response.status}`,
      findings: [],
    };
  const finding: Finding = {
    check: "envelope",
    level: "must",
    at: "body",
    expected: "the documented envelope",
    actual: why,
  };
  return { status: "failed", reason: "", seen: "unreadable", findings: [finding] };
}

const accepts = (c: Case, code: string): boolean => c.expect.outcome === "refused" && c.expect.codes.includes(code);

/** The cause that makes an unexpected code no verdict, where all its causes are of that kind. */
export function troubleOf(action: Action, code: string): Cause | undefined {
  const causes = rowOf(action, code)?.causes ?? [];
  return causes.length > 0 && causes.every((cause) => trouble.includes(cause)) ? causes[0] : undefined;
}

function outcomeFindings(c: Case, outcome: Exclude<Outcome, { kind: "unreadable" }>): Finding[] {
  const { expect, action } = c;
  if (expect.outcome === "any") return outcome.kind === "refusal" ? undocumented(action, outcome.code) : [];
  const at = codePlace(action);
  if (expect.outcome === "success") {
    return outcome.kind === "success"
      ? itemFindings(action, outcome.output)
      : [{ check: "outcome", level: "must", at, expected: "success", actual: outcome.code }];
  }
  if (outcome.kind === "success")
    return [{ check: "outcome", level: "must", at, expected: [...expect.codes], actual: "success" }];
  if (expect.codes.includes(outcome.code)) return [];
  const level = c.level === "should" && fits(c, outcome.code) ? "should" : "must";
  return [{ check: "code", level, at, expected: [...expect.codes], actual: outcome.code }];
}

/** A documented code of a fitting cause is a warning where ours is only a guess. */
function fits(c: Case, code: string): boolean {
  return rowOf(c.action, code)?.causes.some((cause) => c.fits.includes(cause)) ?? false;
}

/** Where the documents are silent any code will do, but a fault is none of them, and one that no table has is worth a word. */
function undocumented(action: Action, code: string): Finding[] {
  const row = rowOf(action, code);
  const fault = row?.causes.every((cause) => cause === "fault") ?? false;
  if (row && !fault) return [];
  return [
    {
      check: "code",
      level: fault ? "must" : "should",
      at: codePlace(action),
      expected: "a documented code",
      actual: code,
    },
  ];
}

function codePlace(action: Action): string {
  const [place] = action.service.envelope.code.at;
  return place === undefined ? "body" : "body" in place ? place.body : `header:${place.header}`;
}

function documented(c: Case, outcome: Exclude<Outcome, { kind: "unreadable" }>): Finding[] {
  if (!c.sample || c.expect.outcome === "any") return [];
  return sampleFindings(c.sample.response, outcome.body);
}
