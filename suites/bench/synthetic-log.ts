/** Writes the log of a synthetic run: one verdict in fifty is failed, with its exchanges, by 400 causes. */

import { fileLog } from "../../runner/log/writer.ts";
import type {
  Coverage,
  ElementCoverage,
  Finding,
  Footer,
  Header,
  RecordedExchange,
  Status,
  Verdict,
} from "../../runner/model/index.ts";
import { zeroCounts } from "../../runner/model/status.ts";

const CASES_PER_ACTION = 1000;
const ELEMENTS_PER_ACTION = 100;
const CAUSES = 400;
const families = ["valid", "boundary", "illegal-charset", "missing-member", "wrong-type", "signature", "protocol"];

/** Every n-th verdict has the status; the first match applies. */
const rareStatuses: readonly (readonly [number, Status])[] = [
  [50, "failed"],
  [60, "observed"],
  [301, "known"],
  [302, "indeterminate"],
  [303, "skipped"],
  [304, "unimplemented"],
  [9001, "errored"],
];
const statusOf = (n: number): Status =>
  rareStatuses.find(([interval]) => n % interval === interval - 1)?.[1] ?? "passed";

function exchangeOf(n: number, role: RecordedExchange["role"], action: string): RecordedExchange {
  const text = JSON.stringify({ Name: `assay-${n}`, Tags: Array.from({ length: 60 }, (_, i) => `tag "${n}-${i}"`) });
  const responseText = JSON.stringify({
    Response: { RequestId: `r-${n}`, Error: { Code: "InternalError", Message: text } },
  });
  const type = ["content-type", "application/json"] as const;
  return {
    role,
    action,
    request: {
      method: "POST",
      url: "http://127.0.0.1:8080/?Signature=[redacted]",
      headers: [type, ["X-TC-Action", action], ["Authorization", "[redacted]"]],
      body: { text, bytes: text.length },
    },
    response: { status: 200, headers: [type], body: { text: responseText, bytes: responseText.length } },
    started: "2026-11-21T03:04:05.678Z",
    durationMs: 1 + (n % 40) / 4,
  };
}

function verdictOf(planIndex: number): Verdict {
  const action = `tencent/bench/DescribeThing${Math.floor(planIndex / CASES_PER_ACTION)}`;
  const family = families[planIndex % families.length] ?? "valid";
  const status = statusOf(planIndex);
  const cause = planIndex % CAUSES;
  const rule = `${action}/rule/Member${cause}/pattern`;
  const failed = status === "failed" || status === "known";
  const hasExchanges = failed || status === "indeterminate" || status === "errored";
  const problem = status === "passed" || status === "observed" || failed ? "" : `no response ${cause % 9}`;
  const location = `/Response/Member${cause}`;
  const expected = [`Invalid.${cause}`, "Invalid"];
  const finding: Finding = { check: "code", level: "must", location, expected, actual: "InternalError" };
  return {
    type: "verdict",
    planIndex,
    id: `${action}/${family}/Member${cause}/value-${planIndex}@tc3-post`,
    action,
    family,
    status,
    level: status === "observed" ? "may" : "must",
    title: `Member${cause} with a value that is number ${planIndex} is refused`,
    source: { document: "001_20674b39956d1a4c.txt", section: 2, row: `Member${cause}` },
    rule: family === "valid" ? null : rule,
    ...(status === "observed" ? { subject: "rule/Name/pattern" } : {}),
    expect: status === "observed" ? { outcome: "any" } : { outcome: "refused", codes: expected },
    actual: failed ? "InternalError" : `Invalid.${cause}`,
    reason: status === "observed" ? "the page contradicts itself" : problem,
    findings: failed ? [finding] : [],
    durationMs: 1 + (planIndex % 100) / 4,
    judgedCallMs: 1 + (planIndex % 40) / 4,
    ...(failed ? { deviations: [{ op: "set" as const, path: `/Member${cause}` }] } : {}),
    exchanges: hasExchanges ? [exchangeOf(planIndex, "control", action), exchangeOf(planIndex, "judged", action)] : [],
  };
}

function coverageOf(n: number): Coverage {
  const action = `tencent/bench/DescribeThing${n}`;
  const elements = Array.from({ length: ELEMENTS_PER_ACTION }, (_, i): ElementCoverage => {
    const id = `${action}/rule/Member${i}/pattern`;
    return i % 7 === 0
      ? {
          id,
          kind: "rule",
          cases: 0,
          verdicts: {},
          exercised: 0,
          notCoveredReason: "busy: requires a concurrent call",
          notCoveredCause: "busy",
        }
      : { id, kind: "rule", cases: 9, verdicts: { passed: 8, failed: 1 }, exercised: 8 };
  });
  return { type: "coverage", action, elements };
}

/** A failed verdict with a code of its own, so that no two verdicts have the same cause. */
function verdictWithOwnCause(n: number): Verdict {
  const actual = `Error.Number${n}`;
  const base = verdictOf(n);
  const location = "/Response/Error/Code";
  const finding: Finding = { check: "code", level: "must", location, expected: ["Invalid"], actual };
  return { ...base, status: "failed", level: "must", reason: "", actual, findings: [finding], exchanges: [] };
}

/**
 * Writes header, verdicts, coverage and footer.
 * @param kind `apart`: every verdict is failed and has a cause of its own.
 */
export function writeSyntheticLog(path: string, verdicts: number, kind: "usual" | "apart" = "usual"): void {
  const counts = zeroCounts();
  const header: Header = {
    type: "header",
    format: 2,
    assay: "0.1.0",
    run: "bench",
    target: "made up",
    seed: 1,
    depth: "standard",
    select: [],
    started: "2026-11-21T03:04:05.678Z",
    rerun: "npx assay run --seed 1 --select {id}",
  };
  const log = fileLog(path);
  log.write(header);
  for (let n = 0; n < verdicts; n++) {
    const verdict = kind === "apart" ? verdictWithOwnCause(n) : verdictOf(n);
    counts[verdict.status]++;
    log.write(verdict);
  }
  for (let n = 0; n * CASES_PER_ACTION < verdicts; n++) log.write(coverageOf(n));
  const otherTotals = {
    warnings: 0,
    interrupted: false,
    staleKnownFailures: [],
    runProblems: [],
    leftovers: 0,
    exit: 4,
    durationMs: 60_000,
  };
  const footer: Footer = { type: "footer", planned: verdicts, counts, requests: verdicts * 2, ...otherTotals };
  log.write(footer);
  log.close();
}
