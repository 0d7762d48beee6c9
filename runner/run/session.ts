/** A target under judgement: what all its cases share — connections, leases, controls, request ids, patience. */
import type { Check } from "../check/check.ts";
import { checks as allChecks } from "../check/checks/index.ts";
import type { KnownList } from "../check/known-failures.ts";
import { seenIds } from "../check/request-id-history.ts";
import type { Action, Case, Service, Target, Verdict } from "../model/index.ts";
import { record } from "../redaction/redact-exchange.ts";
import { type Redactor, secretsOf } from "../redaction/redactor.ts";
import type { ResourceContext } from "../resources/create.ts";
import type { Ledger } from "../resources/ledger.ts";
import { createResourcePool, type ResourcePool } from "../resources/pool.ts";
import { entryLabel, type SweepResult, sweep } from "../resources/sweep.ts";
import type { CallTarget } from "../resources/target-call.ts";
import { assumeConsistent } from "../resources/wait-until-visible.ts";
import { pace } from "../transport/rate-limiter.ts";
import type { Transport } from "../transport/transport.ts";
import { type Judged, type Judging, unheard as without } from "./evaluate/context.ts";
import { controls } from "./evaluate/controls.ts";
import { deviationsOf } from "./evaluate/describe-deviation.ts";
import { controlFrom, judged } from "./evaluate/evaluate.ts";
import { attempts } from "./evaluate/strategy.ts";
import { guards } from "./guards.ts";
import { proofs as allProofs } from "./postconditions/index.ts";
import type { Proof } from "./postconditions/postcondition.ts";
import { greetings } from "./preflight.ts";
import { tokens } from "./run-id.ts";
import { patience, pauses } from "./send/backoff.ts";
import { endpointOf, rateOf } from "./send/endpoint.ts";
import { mainCall, type Sending, send, toAnswer } from "./send/send.ts";
import { type TargetClock, targetClock } from "./send/target-clock.ts";

export interface SessionOptions {
  readonly target: Target;
  /** The run's id: it stands in all that this session creates. */
  readonly run: string;
  readonly seed: number;
  readonly recordAll: boolean;
  /** Warnings fail the run, so what was sent is kept of them. */
  readonly strict?: boolean;
  readonly known: KnownList;
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
  readonly proofs?: readonly Proof[];
}

export interface Session {
  /** Asks each service once, read-only, whether it answers: before anything that changes state, side by side. */
  greet(services: Iterable<Service>): Promise<void>;
  /** Never throws: what goes wrong in assay itself is an errored verdict. */
  judge(c: Case, n: number): Promise<{ verdict: Verdict; excused: boolean }>;
  /** Deletes what is left; the number of ledger entries that stay open. */
  clear(): Promise<number>;
  /** Of these, the ones that known failures have made. */
  forgiven(): number;
  /** Deletes what the ledger still names of a run. */
  sweep(run: string): Promise<SweepResult>;
  /** Requests sent so far. */
  requests(): number;
  /** Why cases were not sent, in words. */
  troubles(): string[];
}

/** After so many exchanges in a row without an answer the target is taken for dead. */
const patienceWithSilence = 20;

/** Of what is left behind so many are named; the ledger names all. */
const mostLeft = 20;

/** Milliseconds to two places. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

export function openSession(o: SessionOptions): Session {
  let silent = 0;
  let requests = 0;
  let dead = "";
  const clocks = new Map<string, TargetClock>();
  const token = tokens(o.run);
  const redactor = o.redactor ?? secretsOf(o.target.services.values(), o.run);
  const guard = guards({ readOnly: o.readOnly ?? false, maxMutations: o.target.maxMutations });
  const turns = pace(o);
  const pause = pauses(o);
  const sending: Sending = {
    transport: o.transport,
    timeouts: o.target.timeouts,
    now: o.now,
    clock: (origin) => {
      const known = clocks.get(origin) ?? targetClock();
      clocks.set(origin, known);
      return known;
    },
    nonce: o.nonce,
    patience: patience(o),
    turn: (to, action, n) => {
      const rate = rateOf(to, action);
      return rate === undefined ? undefined : turns.turn(`${to.endpoint} ${action.id}`, rate, n);
    },
    rest: (to, action, ms) => {
      if (rateOf(to, action) !== undefined) turns.rest(`${to.endpoint} ${action.id}`, ms);
    },
    guards: guard,
    open: (service) => dead === "" && guard.stopped(service) === undefined,
    seen: (exchange, action, heard) => {
      const { response } = exchange;
      redactor.heard(exchange, action.output);
      requests++;
      if (heard || ("why" in response && response.why === "unsent")) silent = 0;
      else if (++silent >= patienceWithSilence) {
        const last =
          "why" in response ? `${response.why}: ${response.detail}` : `HTTP ${response.status} without an envelope`;
        dead ||= redactor.clean(`${silent} exchanges in a row got no answer (${last})`);
      }
    },
  };
  const greeting = greetings({
    target: o.target,
    sending,
    guard,
    actions: o.actions ?? new Map(),
    clean: redactor.clean,
  });
  const judgings = new Map<string, Judging>();
  const leases: ResourcePool[] = [];
  const ids = seenIds();
  const judgingOf = (service: Service): Judging => {
    const known = judgings.get(service.id);
    if (known) return known;
    const to = endpointOf(o.target, service.id);
    if (!to) throw new Error(`the target ${o.target.name} names no endpoint for ${service.id}`);
    const call: CallTarget = async (a, members, role) =>
      toAnswer(await send(sending, to, mainCall(a, members), role), a);
    const mine = createResourcePool({
      service,
      call,
      ledger: o.ledger,
      seed: o.seed,
      token,
      given: to.given,
      pause,
      settling: assumeConsistent(),
    });
    leases.push(mine);
    const judging: Judging = {
      sending,
      to,
      leases: mine,
      ids,
      checks: o.checks ?? allChecks,
      proofs: o.proofs ?? allProofs,
      run: o.run,
      seed: o.seed,
      token,
      controls: controls(async (c) => controlFrom(c, await attempts(judging, c))),
    };
    judgings.set(service.id, judging);
    return judging;
  };
  const recordedOf = (c: Case, { exchanges }: Judged) => {
    const endpoint = endpointOf(o.target, c.action.id)?.endpoint ?? "";
    return exchanges.map((e) => record(e, { secrets: redactor, endpoint }));
  };
  const builderOf = async (id: string): Promise<ResourceContext | string> => {
    const service = [...(o.actions?.values() ?? [])].find((a) => a.service.id === id)?.service;
    if (!service) return judgings.get(id)?.leases.builder ?? `the specs know no ${id}`;
    return (await greeting(service)) || judgingOf(service).leases.builder;
  };
  const sweepOf = async (run: string, patience?: number): Promise<SweepResult> => {
    const done = await sweep({
      ledger: o.ledger,
      run,
      builderOf,
      pause,
      ...(patience === undefined ? {} : { patience }),
    });
    return { ...done, left: done.left.map(({ entry, why }) => ({ entry, why: redactor.clean(why) })) };
  };
  let swept: SweepResult | undefined;
  /** Entries of what known failures have made: that it cannot be deleted is part of what is known. */
  const forgiven = new Set<number>();
  return {
    async greet(services) {
      await Promise.all([...services].map(greeting));
    },
    async judge(c, n) {
      const begun = performance.now();
      let result: Judged;
      try {
        const { service } = c.action;
        const silence = o.interrupted() ? "" : await greeting(service);
        const why = o.interrupted() ? "interrupted before it was sent" : dead || silence || guard.stopped(service.id);
        result = why ? without("indeterminate", why) : await judged(judgingOf(service), c);
      } catch (error) {
        result = without("errored", `assay failed: ${(error as Error).stack ?? String(error)}`);
      }
      let { status } = result;
      if (status === "failed" && o.known.covers(c.id, result.findings)) {
        status = "known";
        for (const entry of result.made ?? []) forgiven.add(entry);
      }
      o.known.note(c.id, result.findings, status);
      const warns = o.strict && status === "passed" && result.findings.length > 0;
      const keep = o.recordAll || warns || (status !== "passed" && status !== "observed");
      const judgedCase = result.as ?? c;
      const { level, title, source, rule, expect } = judgedCase;
      const took = result.exchanges.findLast(({ role, response }) => role === "judged" && !("why" in response))?.ms;
      const verdict: Verdict = {
        type: "verdict",
        n,
        id: c.id,
        action: c.action.id,
        family: c.family,
        status,
        level,
        title,
        source,
        rule,
        expect,
        seen: result.seen,
        reason: result.reason,
        ...(result.blocked === undefined ? {} : { blocked: result.blocked }),
        findings: result.findings,
        ms: rounded(performance.now() - begun),
        ...(took === undefined ? {} : { took: rounded(took) }),
        ...(keep ? { deviations: deviationsOf(judgedCase), exchanges: recordedOf(c, result) } : { exchanges: [] }),
      };
      return { verdict: redactor.verdict(verdict), excused: result.excused };
    },
    async clear() {
      for (const mine of leases) await mine.deleteAll();
      // What a create without an answer may have made, and what would not go at first.
      if (dead === "" && o.ledger.openCount() > 0) swept = await sweepOf(o.run, 3);
      return o.ledger.openCount();
    },
    forgiven: () => o.ledger.entries().filter(({ n }) => forgiven.has(n)).length,
    sweep: (run) => sweepOf(run),
    requests: () => requests,
    troubles: () => [
      ...greeting.silences(),
      ...guard.troubles(),
      ...(dead ? [`the target was given up: ${dead}`] : []),
      ...(swept?.left ?? [])
        .slice(0, mostLeft)
        .map(({ entry, why }) => `left behind: ${redactor.clean(entryLabel(entry))}: ${why}`),
    ],
  };
}
