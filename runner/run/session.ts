/** A target under judgement: what all its cases share — connections, leases, controls, request ids, patience. */
import type { Check } from "../check/check.ts";
import { checks as allChecks } from "../check/checks/index.ts";
import type { KnownFailureList } from "../check/known-failures.ts";
import { createRequestIdHistory } from "../check/request-id-history.ts";
import type { Action, Case, Service, Target, Verdict } from "../model/index.ts";
import { redactExchange } from "../redaction/redact-exchange.ts";
import { createRedactor, type Redactor } from "../redaction/redactor.ts";
import type { Ledger } from "../resources/ledger.ts";
import { createResourcePool, type ResourcePool } from "../resources/pool.ts";
import type { ResourceContext } from "../resources/resource-context.ts";
import { entryLabel, type SweepResult, sweep } from "../resources/sweep.ts";
import type { CallTarget } from "../resources/target-call.ts";
import { assumeConsistent } from "../resources/wait-until-visible.ts";
import { createRateLimiter } from "../transport/rate-limiter.ts";
import type { Transport } from "../transport/transport.ts";
import type { EvaluationContext } from "./evaluate/context.ts";
import { createControlCache } from "./evaluate/controls.ts";
import { describeDeviations } from "./evaluate/describe-deviation.ts";
import { evaluateCase, toControl } from "./evaluate/evaluate.ts";
import { type CaseResult, resultWithoutResponse as without } from "./evaluate/result.ts";
import { evaluateByStrategy } from "./evaluate/strategy.ts";
import { guards } from "./guards.ts";
import { postconditions as allProofs } from "./postconditions/index.ts";
import type { Postcondition } from "./postconditions/postcondition.ts";
import { createPreflight } from "./preflight.ts";
import { createTokenGenerator } from "./run-id.ts";
import { createBackoff, interruptibleSleep } from "./send/backoff.ts";
import { callsPerSecond, serviceTargetOf } from "./send/endpoint.ts";
import { mainBindingCall, type SendContext, send, toCallResult } from "./send/send.ts";
import { type TargetClock, targetClock } from "./send/target-clock.ts";

export interface SessionOptions {
  readonly target: Target;
  /** The run's id: it stands in all that this session creates. */
  readonly run: string;
  readonly seed: number;
  readonly recordAll: boolean;
  /** Warnings fail the run, so what was sent is kept of them. */
  readonly strict?: boolean;
  readonly known: KnownFailureList;
  readonly transport: Transport;
  readonly ledger: Ledger;
  /** Of this target's secrets; made here where nothing is written to files. */
  readonly redactor?: Redactor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** An unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly interrupted: () => boolean;
  /** Nothing that changes state is sent. */
  readonly readOnly?: boolean;
  /** By id; asked for the account where the target names one. */
  readonly actions?: ReadonlyMap<string, Action>;
  /** Those of the registry, unless a test weakens one. */
  readonly checks?: readonly Check[];
  readonly proofs?: readonly Postcondition[];
}

export interface Session {
  /** Asks each service once, read-only, whether it answers: before anything that changes state, side by side. */
  preflight(services: Iterable<Service>): Promise<void>;
  /** Never throws: what goes wrong in assay itself is an errored verdict. */
  evaluate(c: Case, n: number): Promise<{ verdict: Verdict; excused: boolean }>;
  /** Deletes what is left; the number of ledger entries that stay open. */
  cleanUp(): Promise<number>;
  /** Of these, the ones that known failures have made. */
  leftByKnownFailures(): number;
  /** Deletes what the ledger still names of a run. */
  sweep(run: string): Promise<SweepResult>;
  /** Requests sent so far. */
  requests(): number;
  /** Why cases were not sent, in words. */
  problems(): string[];
}

/** After so many exchanges in a row without an answer the target is taken for dead. */
const MAX_CONSECUTIVE_UNANSWERED = 20;

/** Of what is left behind so many are named; the ledger names all. */
const MAX_NAMED_LEFTOVERS = 20;

/** Milliseconds to two places. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

export function openSession(o: SessionOptions): Session {
  let silent = 0;
  let requests = 0;
  let unreachableReason = "";
  const clocks = new Map<string, TargetClock>();
  const newToken = createTokenGenerator(o.run);
  const redactor = o.redactor ?? createRedactor(o.target.services.values(), o.run);
  const guard = guards({ readOnly: o.readOnly ?? false, maxMutations: o.target.maxMutations });
  const turns = createRateLimiter(o);
  const pause = interruptibleSleep(o);
  const sendContext: SendContext = {
    transport: o.transport,
    timeouts: o.target.timeouts,
    now: o.now,
    clock: (origin) => {
      const known = clocks.get(origin) ?? targetClock();
      clocks.set(origin, known);
      return known;
    },
    nonce: o.nonce,
    patience: createBackoff(o),
    turn: (to, action, n) => {
      const rate = callsPerSecond(to, action);
      return rate === undefined ? undefined : turns.acquire(`${to.endpoint} ${action.id}`, rate, n);
    },
    rest: (to, action, ms) => {
      if (callsPerSecond(to, action) !== undefined) turns.pause(`${to.endpoint} ${action.id}`, ms);
    },
    guards: guard,
    open: (service) => unreachableReason === "" && guard.stopped(service) === undefined,
    seen: (exchange, action, heard) => {
      const { response } = exchange;
      redactor.learnFromExchange(exchange, action.output);
      requests++;
      if (heard || ("reason" in response && response.reason === "unsent")) silent = 0;
      else if (++silent >= MAX_CONSECUTIVE_UNANSWERED) {
        const last =
          "reason" in response
            ? `${response.reason}: ${response.detail}`
            : `HTTP ${response.status} without an envelope`;
        unreachableReason ||= redactor.redact(`${silent} exchanges in a row got no answer (${last})`);
      }
    },
  };
  const greeting = createPreflight({
    target: o.target,
    sending: sendContext,
    guard,
    actions: o.actions ?? new Map(),
    clean: redactor.redact,
  });
  const judgings = new Map<string, EvaluationContext>();
  const leases: ResourcePool[] = [];
  const ids = createRequestIdHistory();
  const judgingOf = (service: Service): EvaluationContext => {
    const known = judgings.get(service.id);
    if (known) return known;
    const to = serviceTargetOf(o.target, service.id);
    if (!to) throw new Error(`the target ${o.target.name} names no endpoint for ${service.id}`);
    const call: CallTarget = async (a, members, role) =>
      toCallResult(await send(sendContext, to, mainBindingCall(a, members), role), a);
    const mine = createResourcePool({
      service,
      call,
      ledger: o.ledger,
      seed: o.seed,
      newToken,
      providedResources: to.provided,
      pause,
      consistency: assumeConsistent(),
    });
    leases.push(mine);
    const judging: EvaluationContext = {
      sendContext,
      to,
      pool: mine,
      ids,
      checks: o.checks ?? allChecks,
      postconditions: o.proofs ?? allProofs,
      run: o.run,
      seed: o.seed,
      token: newToken,
      controls: createControlCache(async (c) => toControl(c, await evaluateByStrategy(judging, c))),
    };
    judgings.set(service.id, judging);
    return judging;
  };
  const recordedOf = (c: Case, { exchanges }: CaseResult) => {
    const endpoint = serviceTargetOf(o.target, c.action.id)?.endpoint ?? "";
    return exchanges.map((e) => redactExchange(e, { secrets: redactor, endpoint }));
  };
  const contextOf = async (id: string): Promise<ResourceContext | string> => {
    const service = [...(o.actions?.values() ?? [])].find((a) => a.service.id === id)?.service;
    if (!service) return judgings.get(id)?.pool.context ?? `the specs know no ${id}`;
    return (await greeting(service)) || judgingOf(service).pool.context;
  };
  const sweepOf = async (run: string, maxIdleRounds?: number): Promise<SweepResult> => {
    const done = await sweep({
      ledger: o.ledger,
      run,
      contextOf,
      pause,
      ...(maxIdleRounds === undefined ? {} : { maxIdleRounds }),
    });
    return { ...done, leftovers: done.leftovers.map(({ entry, why }) => ({ entry, why: redactor.redact(why) })) };
  };
  let swept: SweepResult | undefined;
  /** Entries of what known failures have made: that it cannot be deleted is part of what is known. */
  const leftByKnownFailures = new Set<number>();
  return {
    async preflight(services) {
      await Promise.all([...services].map(greeting));
    },
    async evaluate(c, planIndex) {
      const begun = performance.now();
      let result: CaseResult;
      try {
        const { service } = c.action;
        const silence = o.interrupted() ? "" : await greeting(service);
        const why = o.interrupted()
          ? "interrupted before it was sent"
          : unreachableReason || silence || guard.stopped(service.id);
        result = why ? without("indeterminate", why) : await evaluateCase(judgingOf(service), c);
      } catch (error) {
        result = without("errored", `assay failed: ${(error as Error).stack ?? String(error)}`);
      }
      let { status } = result;
      if (status === "failed" && o.known.covers(c.id, result.findings)) {
        status = "known";
        for (const entry of result.createdEntries ?? []) leftByKnownFailures.add(entry);
      }
      o.known.recordVerdict(c.id, result.findings, status);
      const warns = o.strict && status === "passed" && result.findings.length > 0;
      const keep = o.recordAll || warns || (status !== "passed" && status !== "observed");
      const judgedCase = result.concreteCase ?? c;
      const { level, title, source, rule, expect } = judgedCase;
      const took = result.exchanges.findLast(
        ({ role, response }) => role === "judged" && !("reason" in response),
      )?.durationMs;
      const verdict: Verdict = {
        type: "verdict",
        planIndex,
        id: c.id,
        action: c.action.id,
        family: c.family,
        status,
        level,
        title,
        source,
        rule,
        expect,
        actual: result.actual,
        reason: result.reason,
        ...(result.blockedBy === undefined ? {} : { blockedBy: result.blockedBy }),
        ...(status === "observed" ? { subject: observedSubject(judgedCase) } : {}),
        findings: result.findings,
        durationMs: rounded(performance.now() - begun),
        ...(took === undefined ? {} : { judgedCallMs: rounded(took) }),
        ...(keep
          ? { deviations: describeDeviations(judgedCase), exchanges: recordedOf(c, result) }
          : { exchanges: [] }),
      };
      return { verdict: redactor.redactVerdict(verdict), excused: result.declaredByTarget };
    },
    async cleanUp() {
      for (const mine of leases) await mine.deleteAll();
      // What a create without an answer may have made, and what would not go at first.
      if (unreachableReason === "" && o.ledger.openCount() > 0) swept = await sweepOf(o.run, 3);
      return o.ledger.openCount();
    },
    leftByKnownFailures: () => o.ledger.entries().filter(({ number }) => leftByKnownFailures.has(number)).length,
    sweep: (run) => sweepOf(run),
    requests: () => requests,
    problems: () => [
      ...greeting.failures(),
      ...guard.problems(),
      ...(unreachableReason ? [`the target was given up: ${unreachableReason}`] : []),
      ...(swept?.leftovers ?? [])
        .slice(0, MAX_NAMED_LEFTOVERS)
        .map(({ entry, why }) => `left behind: ${redactor.redact(entryLabel(entry))}: ${why}`),
    ],
  };
}

/** What an observation is about, below the action: the rule, or where no rule applies the family and the place. */
const observedSubject = ({ action, rule, family, place, slug }: Case): string =>
  rule === null ? `${family}/${place === "" ? slug : place}` : rule.slice(action.id.length + 1);
