/** A target and its credentials -> a session: the state that all cases of a run share, such as leases, controls, request ids and rate limits. */
import type { Check } from "../check/check.ts";
import { checks as allChecks } from "../check/checks/index.ts";
import type { KnownFailureList } from "../check/known-failures.ts";
import { createRequestIdHistory } from "../check/request-id-history.ts";
import { decodeResponse } from "../http/decode.ts";
import type { Action, Case, Exchange, RecordedExchange, Service, Shard, Target, Verdict } from "../model/index.ts";
import { redactExchange } from "../redaction/redact-exchange.ts";
import { createRedactor, type Redactor } from "../redaction/redactor.ts";
import type { Ledger } from "../resources/ledger.ts";
import { createResourcePool, type ResourcePool } from "../resources/pool.ts";
import type { ResourceContext } from "../resources/resource-context.ts";
import { entryLabel, type SweepResult, sweep } from "../resources/sweep.ts";
import type { CallTarget } from "../resources/target-call.ts";
import { createRateLimiter } from "../transport/rate-limiter.ts";
import type { Transport } from "../transport/transport.ts";
import { createDeaths } from "./deaths.ts";
import type { EvaluationContext } from "./evaluate/context.ts";
import { createControlCache } from "./evaluate/controls.ts";
import { evaluateCase, toControl } from "./evaluate/evaluate.ts";
import { type CaseResult, resultWithoutResponse } from "./evaluate/result.ts";
import { evaluateByStrategy } from "./evaluate/strategy.ts";
import { toVerdict } from "./evaluate/verdict.ts";
import { createGiveUp } from "./give-up.ts";
import { createGuards } from "./guards.ts";
import { lostResources } from "./lost-resources.ts";
import { postconditions as allPostconditions } from "./postconditions/index.ts";
import type { Postcondition } from "./postconditions/postcondition.ts";
import { createPreflight } from "./preflight.ts";
import { createTokenGenerator } from "./run-id.ts";
import { createBackoff, interruptibleSleep } from "./send/backoff.ts";
import { callsPerSecond, serviceTargetOf } from "./send/endpoint.ts";
import { createRetryAllowance, MAX_PERSISTENT_FAULTS, MAX_PERSISTENTLY_BUSY } from "./send/retry-allowance.ts";
import { isGatewayResponse } from "./send/retry-policy.ts";
import { mainBindingCall, type SendContext, send, toCallResult } from "./send/send.ts";
import { createTargetClock, type TargetClock } from "./send/target-clock.ts";

export interface SessionOptions {
  readonly target: Target;
  /** The id of the run, which is part of the name of every resource that the session creates. */
  readonly run: string;
  readonly seed: number;
  /** Keep the exchanges of every case, not only of those that did not pass. */
  readonly recordAll: boolean;
  /** Warnings fail the run, so the exchanges of cases with warnings are kept, too. */
  readonly strict?: boolean;
  readonly known: KnownFailureList;
  readonly transport: Transport;
  readonly ledger: Ledger;
  /** Removes the secrets of this target; created here where none is passed. */
  readonly redactor?: Redactor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Returns a random unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly interrupted: () => boolean;
  /** No call that changes state is sent. */
  readonly readOnly?: boolean;
  /** The other shards run at the same time, so this one uses only its part of each rate limit. */
  readonly shard?: Shard | undefined;
  /** By id. The preflight calls one of them where the target names an account. */
  readonly actions?: ReadonlyMap<string, Action>;
  /** All checks by default; tests replace them. */
  readonly checks?: readonly Check[];
  /** All postconditions by default; tests replace them. */
  readonly postconditions?: readonly Postcondition[];
  /** Called after every exchange, also those of set-up, control and clean-up, in the order in which they end. */
  readonly onExchange?: (exchange: RecordedExchange) => void;
}

export interface Session {
  /** Sends the preflight requests of all services concurrently, before any call that changes state. */
  preflight(services: Iterable<Service>): Promise<void>;
  /** Never throws: an error of assay itself is an `errored` verdict. `planIndex`: place in the plan, from 0. */
  evaluate(testCase: Case, planIndex: number): Promise<{ verdict: Verdict; declaredByTarget: boolean }>;
  /** Deletes what the run created and still exists. Resolves to the number of incomplete ledger entries. */
  cleanUp(): Promise<number>;
  /** Resources that were created, that no call should have deleted, and that the target does not show at the end: one sentence each. */
  lost(): readonly string[];
  /** Ids of the cases of which the target may have died: it accepted no connection after it had closed theirs. */
  died(): readonly string[];
  /** The number of incomplete ledger entries of resources that known failures created. */
  leftoversOfKnownFailures(): number;
  /** Deletes the resources of a run that the ledger still lists. */
  sweep(run: string): Promise<SweepResult>;
  /** Requests sent so far. */
  requests(): number;
  /** Why cases were not sent and resources not deleted, as sentences. */
  problems(): string[];
}

const wasSent = ({ response }: Exchange): boolean =>
  !("reason" in response && (response.reason === "unsent" || response.reason === "withheld"));

/** Resources in the list of problems that could not be deleted; the ledger lists all. */
const MAX_NAMED_LEFTOVERS = 20;

/** Rounds of the sweep at the end of a run in which nothing is deleted, before it ends. */
const MAX_IDLE_SWEEP_ROUNDS = 3;

export function openSession(options: SessionOptions): Session {
  const { target, known, ledger, run, seed, interrupted } = options;
  let requests = 0;
  const clocks = new Map<string, TargetClock>();
  const newToken = createTokenGenerator(run);
  const redactor = options.redactor ?? createRedactor(target.services.values(), run);
  const giveUp = createGiveUp(redactor.redact);
  const deaths = createDeaths();
  /** By service: the calls that it answered. */
  const answers = new Map<string, number>();
  const answersOf = ({ id }: Service): number => answers.get(id) ?? 0;
  const guards = createGuards({ readOnly: options.readOnly ?? false, maxMutations: target.maxMutations });
  const rateLimiter = createRateLimiter(options, options.shard);
  const pause = interruptibleSleep(options);
  const sendContext: SendContext = {
    transport: options.transport,
    timeouts: target.timeouts,
    now: options.now,
    clock: (origin) => {
      const clock = clocks.get(origin) ?? createTargetClock();
      clocks.set(origin, clock);
      return clock;
    },
    nonce: options.nonce,
    backoff: createBackoff(options),
    faultRetries: createRetryAllowance(MAX_PERSISTENT_FAULTS),
    busyRetries: createRetryAllowance(MAX_PERSISTENTLY_BUSY),
    acquire: (to, action, slots) => {
      const rate = callsPerSecond(to, action);
      return rate === undefined ? undefined : rateLimiter.acquire(`${to.endpoint} ${action.id}`, rate, slots);
    },
    pause: (to, action, ms) => {
      if (callsPerSecond(to, action) !== undefined) rateLimiter.pause(`${to.endpoint} ${action.id}`, ms);
    },
    guards,
    canSend: (service) => giveUp.serviceReason(service) === "" && guards.stopReason(service) === undefined,
    onExchange: (exchange, action, answered) => {
      redactor.learnFromExchange(exchange, action.output);
      options.onExchange?.(redacted(exchange, action));
      requests++;
      if (!answered) return;
      deaths.recordResponse();
      giveUp.recordAnswer(action);
      answers.set(action.service.id, answersOf(action.service) + 1);
    },
  };
  const preflight = createPreflight({
    target,
    sendContext,
    guards,
    actions: options.actions ?? new Map(),
    redact: redactor.redact,
  });
  const contexts = new Map<string, EvaluationContext>();
  const pools: ResourcePool[] = [];
  const ids = createRequestIdHistory();

  function contextOf(service: Service): EvaluationContext {
    const existing = contexts.get(service.id);
    if (existing) return existing;
    const to = serviceTargetOf(target, service.id);
    if (!to) throw new Error(`the target ${target.name} has no endpoint for ${service.id}`);
    const call: CallTarget = async (action, members, role) =>
      toCallResult(await send(sendContext, to, mainBindingCall(action, members), role), action);
    const pool = createResourcePool({
      service,
      call,
      ledger,
      seed,
      newToken,
      providedResources: to.provided,
      pause,
      uselessProbes: new Set(),
    });
    pools.push(pool);
    const context: EvaluationContext = {
      sendContext,
      to,
      pool,
      ids,
      checks: options.checks ?? allChecks,
      postconditions: options.postconditions ?? allPostconditions,
      run,
      seed,
      token: newToken,
      deaths,
      controls: createControlCache(async (control) => toControl(control, await evaluateByStrategy(context, control))),
    };
    contexts.set(service.id, context);
    return context;
  }

  /** The result of a case, or why it was not sent. */
  async function evaluateUnlessStopped(testCase: Case): Promise<CaseResult> {
    const { service } = testCase.action;
    try {
      const preflightFailure = interrupted() ? "" : await preflight(service);
      const reason = interrupted()
        ? "the run was interrupted before the case was sent"
        : preflightFailure || giveUp.actionReason(testCase) || guards.stopReason(service.id);
      if (reason) return resultWithoutResponse("indeterminate", reason);
      const answersBefore = answersOf(service);
      const result = await deaths.explain(await evaluateCase(contextOf(service), testCase));
      recordForGiveUp(testCase, result, answersOf(service) > answersBefore);
      return result;
    } catch (error) {
      return resultWithoutResponse("errored", `assay failed: ${(error as Error).stack ?? String(error)}`);
    }
  }

  /** A case without a request, such as a skipped one, shows nothing. `isAlive`: the service answered a call meanwhile. */
  function recordForGiveUp(testCase: Case, { status, exchanges }: CaseResult, isAlive: boolean): void {
    const last = exchanges.at(-1);
    if (last === undefined || !wasSent(last)) return;
    const { envelope } = testCase.action.service;
    const isAnswered = ({ response }: Exchange): boolean =>
      !("reason" in response) && !isGatewayResponse(response, decodeResponse(response, envelope));
    // Of a set-up only the call that failed is among the exchanges.
    const isSetUp = last.role !== "judged" && last.role !== "control";
    if (status !== "indeterminate" || (isSetUp && isAlive) || exchanges.some(isAnswered))
      giveUp.recordResponse(testCase);
    else giveUp.recordNoResponse(testCase, last, deaths.since());
  }

  const redacted = (exchange: Exchange, { id }: Action): RecordedExchange =>
    redactExchange(exchange, { secrets: redactor, endpoint: serviceTargetOf(target, id)?.endpoint ?? "" });

  async function resourceContextOf(serviceId: string): Promise<ResourceContext | string> {
    const service = [...(options.actions?.values() ?? [])].find((action) => action.service.id === serviceId)?.service;
    if (!service) return contexts.get(serviceId)?.pool.context ?? `the specs have no service ${serviceId}`;
    return (await preflight(service)) || contextOf(service).pool.context;
  }

  async function sweepRun(runToSweep: string, maxIdleRounds?: number): Promise<SweepResult> {
    const result = await sweep({
      ledger,
      run: runToSweep,
      contextOf: resourceContextOf,
      pause,
      ...(maxIdleRounds === undefined ? {} : { maxIdleRounds }),
    });
    const leftovers = result.leftovers.map(({ entry, reason }) => ({ entry, reason: redactor.redact(reason) }));
    return { ...result, leftovers };
  }

  /** False where no call would be sent, or none would get a response. */
  const isReachable = (): boolean =>
    deaths.since() === "" && [...contexts.keys()].some((service) => giveUp.serviceReason(service) === "");

  let finalSweep: SweepResult | undefined;
  let lost: readonly string[] = [];
  /** Ledger entries of resources that known failures created: that they cannot be deleted is part of the known failure. */
  const entriesOfKnownFailures = new Set<number>();
  return {
    async preflight(services) {
      await Promise.all([...services].map(preflight));
    },
    async evaluate(testCase, planIndex) {
      const started = performance.now();
      const result = await evaluateUnlessStopped(testCase);
      let { status } = result;
      if (status === "failed" && known.covers(testCase.id, result.findings)) {
        status = "known";
        deaths.accept(testCase.id);
        for (const entry of result.createdEntries ?? []) entriesOfKnownFailures.add(entry);
      }
      known.recordVerdict(testCase.id, result.findings, status);
      const warns = options.strict && status === "passed" && result.findings.length > 0;
      const keepExchanges = options.recordAll || warns || (status !== "passed" && status !== "observed");
      const verdict = toVerdict({
        planned: testCase,
        planIndex,
        result,
        status,
        durationMs: performance.now() - started,
        exchanges: keepExchanges ? result.exchanges.map((exchange) => redacted(exchange, testCase.action)) : null,
      });
      return { verdict: redactor.redactVerdict(verdict), declaredByTarget: result.declaredByTarget };
    },
    async cleanUp() {
      lost = (await lostResources(pools, () => isReachable() && !interrupted())).map(redactor.redact);
      for (const pool of pools) await pool.deleteAll();
      // Creates without a response may have created resources, and a first deletion may have failed.
      if (isReachable() && ledger.openCount() > 0) finalSweep = await sweepRun(run, MAX_IDLE_SWEEP_ROUNDS);
      return ledger.openCount();
    },
    lost: () => lost,
    died: deaths.ids,
    leftoversOfKnownFailures: () => ledger.entries().filter(({ number }) => entriesOfKnownFailures.has(number)).length,
    sweep: (runToSweep) => sweepRun(runToSweep),
    requests: () => requests,
    problems: () => [
      ...preflight.failures(),
      ...guards.problems(),
      ...giveUp.problems(),
      ...(finalSweep?.leftovers ?? [])
        .slice(0, MAX_NAMED_LEFTOVERS)
        .map(({ entry, reason }) => `not deleted: ${redactor.redact(entryLabel(entry))}: ${reason}`),
    ],
  };
}
