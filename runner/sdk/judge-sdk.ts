/** What happened in a case of the SDK gate → status, reason and findings. */
import type { Finding, Level, Status } from "../model/index.ts";
import { sdkChecks } from "./checks/index.ts";
import type { CallEnd } from "./driver/driver.ts";
import { resultName, type SdkCheck, type SdkObservation } from "./sdk-check.ts";

export interface SdkJudgement {
  readonly status: Exclude<Status, "known" | "unimplemented">;
  readonly reason: string;
  /** `success`, a code, the kind of an error, or `none`. */
  readonly actual: string;
  readonly findings: readonly Finding[];
}

const without = (status: SdkJudgement["status"], reason: string, actual = ""): SdkJudgement => ({
  status,
  reason,
  actual,
  findings: [],
});

/** `checks`: all by default; a test passes a changed list. */
export function judgeSdk(
  { sdkCase, members, received }: Omit<SdkObservation, "result">,
  end: CallEnd,
  checks: readonly SdkCheck[] = sdkChecks,
): SdkJudgement {
  if (end.kind === "driver-failure") return without("indeterminate", end.reason);
  if (end.kind === "unsupported") return without("skipped", `the driver cannot make the call: ${end.reason}`);
  const isRefusedLocally = end.kind === "error" && end.error.kind === "client" && received.length === 0;
  if (isRefusedLocally)
    return without("observed", `refused locally: ${end.error.code || end.error.message}`, resultName(end));
  if (end.kind === "no-result" && !sdkCase.mayHang)
    return without("indeterminate", `the driver gave ${end.reason} although the server answered`);
  if (received.length === 0 && end.kind !== "ok") {
    const detail = end.kind === "error" ? `${resultName(end)}: ${end.error.message}` : end.reason;
    return without("indeterminate", `no request came to ASSAY_ENDPOINT (${detail})`);
  }
  const result = end.kind === "no-result" ? undefined : end;
  const observation: SdkObservation = { sdkCase, members, received, result };
  const actual = resultName(result);
  const findings = checks
    .filter((check) => check.of === "result" || sdkCase.judgesRequests)
    .flatMap((check) =>
      check.findings(observation).map(
        ({ level, ...finding }): Finding => ({
          check: check.id,
          level: level ?? levelOf(sdkCase.findingLevel),
          ...finding,
        }),
      ),
    );
  if (sdkCase.findingLevel === "may")
    return { status: "observed", reason: attempts(observation), actual, findings: [] };
  const status = findings.some(({ level }) => level === "must") ? "failed" : "passed";
  return { status, reason: sdkCase.retries === undefined ? attempts(observation) : "", actual, findings };
}

const levelOf = (level: Level): Finding["level"] => (level === "must" ? "must" : "should");

/** `2 requests, 105 ms apart`. */
function attempts({ received }: Pick<SdkObservation, "received">): string {
  const gaps = received.slice(1).map(({ atMs }, i) => Math.max(0, atMs - (received[i]?.atMs ?? atMs)));
  if (gaps.length === 0) return "1 request";
  return `${received.length} requests, ${gaps.map(Math.round).join(", ")} ms apart`;
}
