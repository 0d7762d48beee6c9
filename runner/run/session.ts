/** A target under judgement: what all its cases share — connections, leases, controls, request ids, patience. */
import type { Check } from "../check/check.ts";
import { checks as allChecks } from "../check/checks/index.ts";
import type { KnownList } from "../check/known.ts";
import { seenIds } from "../check/seen-ids.ts";
import type { Action, Case, Service, Target, Verdict } from "../model.ts";
import type { Caller } from "../resources/caller.ts";
import { type Leases, leasesOf } from "../resources/leases.ts";
import type { Ledger } from "../resources/ledger.ts";
import { atOnce } from "../resources/settling.ts";
import type { Transport } from "../transport/transport.ts";
import { record } from "../wire/redact.ts";
import { mainCall, type Sending, send, toAnswer } from "./call.ts";
import { type TargetClock, targetClock } from "./clock.ts";
import { controls } from "./controls.ts";
import { endpointOf } from "./endpoint.ts";
import { controlFrom, judged } from "./judged.ts";
import { type Judged, type Judging, unheard as without } from "./judging.ts";
import { proofs as allProofs } from "./proofs/index.ts";
import type { Proof } from "./proofs/proof.ts";
import { tokens } from "./tokens.ts";
import { attempts } from "./ways.ts";

export interface SessionOptions {
  readonly target: Target;
  /** The run's id: it stands in all that this session creates. */
  readonly run: string;
  readonly seed: number;
  readonly recordAll: boolean;
  readonly known: KnownList;
  readonly transport: Transport;
  readonly ledger: Ledger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** An unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly interrupted: () => boolean;
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
  /** Requests sent so far. */
  requests(): number;
  /** Why cases were not sent, in words. */
  troubles(): string[];
}

/** After so many exchanges in a row without an answer the target is taken for dead. */
const patienceWithSilence = 20;
/** Milliseconds before a busy target is asked again. */
const busyWaits = [200, 800, 3200];

export function openSession(o: SessionOptions): Session {
  let silent = 0;
  let requests = 0;
  let dead = "";
  const unheard = new Map<string, string>();
  const clocks = new Map<string, TargetClock>();
  const token = tokens(o.run);
  const secrets = [...o.target.services.values()]
    .flatMap(({ credentials: c }) => [c.key, c.token ?? ""])
    .filter(Boolean);
  const patience = async (attempt: number): Promise<boolean> => {
    const wait = busyWaits[attempt - 1];
    if (wait === undefined || o.interrupted()) return false;
    await o.sleep(wait);
    return true;
  };
  const pause = async (ms: number): Promise<boolean> => {
    if (o.interrupted()) return false;
    await o.sleep(ms);
    return true;
  };
  const sending: Sending = {
    transport: o.transport,
    timeout: o.target.timeout,
    now: o.now,
    clock: (origin) => {
      const known = clocks.get(origin) ?? targetClock();
      clocks.set(origin, known);
      return known;
    },
    nonce: o.nonce,
    patience,
    open: () => dead === "",
    seen: (response) => {
      requests++;
      if (!("why" in response) || response.why === "unsent") silent = 0;
      else if (++silent >= patienceWithSilence)
        dead ||= `${silent} exchanges in a row got no answer (${response.why}: ${response.detail})`;
    },
  };
  const judgings = new Map<string, Judging>();
  const leases: Leases[] = [];
  const ids = seenIds();
  const judgingOf = (action: Action): Judging => {
    const { service } = action;
    const known = judgings.get(service.id);
    if (known) return known;
    const to = endpointOf(o.target, action.id);
    if (!to) throw new Error(`the target ${o.target.name} names no endpoint for ${service.id}`);
    const call: Caller = async (a, members, role) => toAnswer(await send(sending, to, mainCall(a, members), role));
    const mine = leasesOf({
      service,
      call,
      ledger: o.ledger,
      seed: o.seed,
      token,
      given: to.given,
      pause,
      settling: atOnce(),
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
    return exchanges.map((e) => record(e, { secrets, endpoint }));
  };
  return {
    async greet(services) {
      await Promise.all(
        [...services].map(async (service) => {
          const action = service.actions.get(service.ping?.call ?? "");
          const to = action && endpointOf(o.target, action.id);
          if (!action || !to || !service.ping) return;
          const { response } = (await send(sending, to, mainCall(action, service.ping.with), "probe")).exchange;
          if ("why" in response)
            unheard.set(service.id, `${service.id} does not answer: ${response.why}: ${response.detail}`);
        }),
      );
    },
    async judge(c, n) {
      const begun = performance.now();
      const why = o.interrupted() ? "interrupted before it was sent" : dead || unheard.get(c.action.service.id);
      let result: Judged;
      try {
        result = why ? without("indeterminate", why) : await judged(judgingOf(c.action), c);
      } catch (error) {
        result = without("errored", `assay failed: ${(error as Error).stack ?? String(error)}`);
      }
      let { status } = result;
      if (status === "failed" && o.known.covers(c.id, result.findings)) status = "known";
      if (status === "passed" || status === "failed" || status === "known") o.known.note(c.id, result.findings);
      const keep = o.recordAll || (status !== "passed" && status !== "observed");
      const { level, title, source, rule, expect } = result.as ?? c;
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
        findings: result.findings,
        ms: Math.round((performance.now() - begun) * 100) / 100,
        exchanges: keep ? recordedOf(c, result) : [],
      };
      return { verdict, excused: result.excused };
    },
    async clear() {
      for (const mine of leases) await mine.clear();
      return o.ledger.open();
    },
    requests: () => requests,
    troubles: () => [...unheard.values(), ...(dead ? [`the target was given up: ${dead}`] : [])],
  };
}
