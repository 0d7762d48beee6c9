/** A case, a driver and the server → its verdict. */
import { NO_RESOURCES, prepareCall } from "../cases/bind/bind.ts";
import { truncateText } from "../check/truncate.ts";
import type { Exchange, Verdict } from "../model/index.ts";
import { redactExchange } from "../redaction/redact-exchange.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { toVerdict } from "../run/evaluate/verdict.ts";
import { hash } from "../values/random.ts";
import type { Driver } from "./driver/driver.ts";
import { judgeSdk, type SdkJudgement } from "./judge-sdk.ts";
import type { SdkCase } from "./sdk-case.ts";
import type { ReceivedCall } from "./server/received-call.ts";
import type { ScriptedServer } from "./server/scripted-server.ts";

export interface SdkContext {
  readonly driver: Driver;
  readonly server: ScriptedServer;
  /** What the driver can do, as its hello says. */
  readonly can: readonly string[];
  readonly seed: number;
  /** Of a call that the server does not answer completely, in seconds. */
  readonly timeoutSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly redactor: Redactor;
}

/** Seconds. A call that the server answers at once must not time out on a busy machine. */
const ANSWERED_TIMEOUT_SECONDS = 10;
/** Beyond the timeout of a call, until the driver is killed: timers are late on a busy machine. */
const GRACE_MS = 1000;

/** `planIndex`: place in the plan, from 0. Its status is never `known`. */
export async function evaluateSdk(sdkCase: SdkCase, planIndex: number, context: SdkContext): Promise<Verdict> {
  const { redactor, now, can, server } = context;
  const started = now();
  const missing =
    sdkCase.skipReason ??
    (sdkCase.needs !== undefined && !can.includes(sdkCase.needs)
      ? `the driver cannot set ${sdkCase.needs}: "can" of its hello does not have it`
      : undefined);
  const judgement: SdkJudgement =
    missing === undefined
      ? await judgeCall(sdkCase, context).catch(erroredBy)
      : { status: "skipped", reason: missing, actual: "", findings: [] };
  const isKept = judgement.status !== "passed" || judgement.findings.length > 0;
  const exchanges =
    missing === undefined && isKept
      ? server
          .received()
          .map((call) => redactExchange(toExchange(sdkCase, call), { secrets: redactor, endpoint: server.url }))
      : null;
  return redactor.redactVerdict(
    toVerdict({
      planned: sdkCase,
      planIndex,
      result: { ...judgement, reason: truncateText(judgement.reason), exchanges: [], declaredByTarget: false },
      status: judgement.status,
      durationMs: Math.max(0, now() - started),
      exchanges,
    }),
  );
}

/** A failure of assay itself, such as a value that cannot be made, is no verdict. */
const erroredBy = (error: Error): SdkJudgement => ({
  status: "errored",
  reason: error.message,
  actual: "",
  findings: [],
});

async function judgeCall(sdkCase: SdkCase, context: SdkContext): Promise<SdkJudgement> {
  const { driver, server, seed, timeoutSeconds } = context;
  const { action, binding, answers, retries, mayHang, calls } = sdkCase;
  // The server answers by its script, so that no resource has to exist, and equal names in two runs do no harm.
  const members = prepareCall(sdkCase, seed, `sdk${hash(sdkCase.id, seed).toString(36)}`).bind(NO_RESOURCES);
  server.play({ action, binding, answers });
  const timeout = mayHang ? timeoutSeconds : Math.max(timeoutSeconds, ANSWERED_TIMEOUT_SECONDS);
  const call = { call: action.id, members, binding, timeout, ...(retries === undefined ? {} : { retries }) };
  let end = await driver.call(call, timeout * 1000 + GRACE_MS);
  for (let n = 1; n < calls && end.kind === "ok"; n++) end = await driver.call(call, timeout * 1000 + GRACE_MS);
  return judgeSdk({ sdkCase, members, received: server.received() }, end);
}

const toExchange = ({ action, binding }: SdkCase, { context, response, atMs }: ReceivedCall): Exchange => ({
  role: "judged",
  action: action.id,
  binding,
  request: context.request,
  response,
  sentAtMs: atMs,
  durationMs: 0,
});
