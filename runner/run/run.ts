/** A plan and a target → verdicts, one for each planned case, and the footer that adds them up. */
import type { KnownList } from "../check/known.ts";
import { seenIds } from "../check/seen-ids.ts";
import type {
  Action,
  Case,
  Counts,
  Exchange,
  Footer,
  Header,
  Outcome,
  Service,
  Status,
  Target,
  Verdict,
} from "../model.ts";
import type { Caller } from "../resources/caller.ts";
import type { Ledger } from "../resources/ledger.ts";
import { type Leases, leasesOf } from "../resources/leases.ts";
import type { Transport } from "../transport/transport.ts";
import { record } from "../wire/redact.ts";
import { mainCall, type Sending, send, toAnswer } from "./call.ts";
import { attempts, controlFrom, type Judged, type Judging, judged } from "./judged.ts";
import { controls } from "./controls.ts";
import { endpointOf } from "./endpoint.ts";
import { exitCode, statuses } from "./exit.ts";
import type { Log } from "./log.ts";
import { tokens } from "./tokens.ts";

export interface Run {
  readonly cases: Iterable<Case>;
  readonly services: Iterable<Service>;
  readonly target: Target;
  readonly header: Header;
  readonly lanes: number;
  readonly strict: boolean;
  readonly recordAll: boolean;
  readonly known: KnownList;
  /** True where no selection left cases out. */
  readonly whole: boolean;
  readonly transport: Transport;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly now: () => number;
  readonly nonce: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly interrupted: () => boolean;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** After so many exchanges in a row without an answer the target is taken for dead. */
const patienceWithSilence = 20;
const busyWaits = [200, 800, 3200];

export async function run(r: Run): Promise<Footer> {
  const started = r.now();
  r.log.write(r.header);
  let silent = 0;
  let dead = "";
  const token = tokens(r.header.run);
  const secrets = [...r.target.services.values()]
    .flatMap(({ credentials: c }) => [c.key, c.token ?? ""])
    .filter(Boolean);
  const patience = async (attempt: number) => {
    const wait = busyWaits[attempt - 1];
    if (wait === undefined || r.interrupted()) return false;
    await r.sleep(wait);
    return true;
  };
  const sending: Sending = {
    transport: r.transport,
    timeout: r.target.timeout,
    now: r.now,
    nonce: r.nonce,
    patience,
    open: () => dead === "",
    seen: (exchange: Exchange, _outcome: Outcome | null) => {
      if (!("why" in exchange.response) || exchange.response.why === "unsent") silent = 0;
      else if (++silent >= patienceWithSilence)
        dead ||= `${silent} exchanges in a row got no answer (${exchange.response.detail})`;
    },
  };
  const leases = new Map<string, Leases>();
  const judgings = new Map<string, Judging>();
  const ids = seenIds();
  const judgingOf = (action: Action): Judging => {
    const { service } = action;
    let found = judgings.get(service.id);
    if (found) return found;
    const to = endpointOf(r.target, action.id);
    if (!to) throw new Error(`the target ${r.target.name} names no endpoint for ${service.id}`);
    const call: Caller = async (a, members, role) => toAnswer(await send(sending, to, mainCall(a, members), role));
    const mine = leasesOf({ service, call, ledger: r.ledger, seed: r.header.seed, token, given: to.given, patience });
    leases.set(service.id, mine);
    const base = { sending, to, leases: mine, ids, seed: r.header.seed, token };
    const judging: Judging = { ...base, controls: controls(async (c) => controlFrom(c, await attempts(judging, c))) };
    found = judging;
    judgings.set(service.id, found);
    return found;
  };
  const unheard = await ping(r, sending);
  const tally = new Tally();
  const verdictOf = async (c: Case, n: number): Promise<Verdict> => {
    const begun = performance.now();
    const why = r.interrupted() ? "interrupted before it was sent" : dead || unheard.get(c.action.service.id);
    let result: Judged;
    try {
      result = why ? unsent(why) : await judged(judgingOf(c.action), c);
    } catch (error) {
      result = { ...unsent(`assay failed: ${(error as Error).stack ?? String(error)}`), status: "errored" };
    }
    return toVerdict(r, c, n, result, performance.now() - begun, secrets, tally);
  };
  let n = 0;
  const queue = r.cases[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const verdict = await verdictOf(next.value, n++);
      tally.add(verdict, next.value);
      r.log.write(verdict);
      r.onVerdict?.(verdict);
    }
  };
  await Promise.all(Array.from({ length: r.lanes }, lane));
  const left = await clear(leases, r.ledger);
  const stale = r.interrupted() ? [] : r.known.stale(r.whole);
  const ending = {
    planned: n,
    counts: tally.counts,
    interrupted: r.interrupted(),
    stale: stale.length,
    excused: tally.excused,
    strictWarnings: r.strict ? tally.warnings : 0,
    unproved: tally.unproved(r.target),
  };
  const footer: Footer = {
    type: "footer",
    planned: n,
    counts: tally.counts,
    warnings: tally.warnings,
    interrupted: r.interrupted(),
    stale,
    troubles: troublesOf(dead, unheard, left, tally.unprovedActions(r.target)),
    left,
    exit: exitCode(ending),
    ms: r.now() - started,
  };
  r.log.write(footer);
  return footer;
}

const unsent = (reason: string): Judged => ({
  status: "indeterminate",
  reason,
  seen: "",
  findings: [],
  exchanges: [],
  excused: false,
});

/** Each service is asked once, read-only, whether it answers at all: before anything that changes state, and side by side. */
async function ping(r: Run, sending: Sending): Promise<Map<string, string>> {
  const unheard = new Map<string, string>();
  await Promise.all(
    [...r.services].map(async (service) => {
      const action = service.actions.get(service.ping?.call ?? "");
      const to = action && endpointOf(r.target, action.id);
      if (!action || !to || !service.ping) return;
      const { exchange } = await send(sending, to, mainCall(action, service.ping.with), "probe");
      if ("why" in exchange.response)
        unheard.set(service.id, `${service.id} does not answer: ${exchange.response.why}: ${exchange.response.detail}`);
    }),
  );
  return unheard;
}

/** Deletes what is left; the ledger keeps what would not go. */
async function clear(leases: Map<string, Leases>, ledger: Ledger): Promise<number> {
  for (const mine of leases.values()) await mine.clear();
  return ledger.open();
}

function troublesOf(dead: string, unheard: Map<string, string>, left: number, unproved: readonly string[]): string[] {
  const troubles = [...unheard.values()];
  if (dead) troubles.push(`the target was given up: ${dead}`);
  if (left > 0) troubles.push(`${left} resources may be left on the target; resources.ndjson names them`);
  for (const action of unproved) troubles.push(`${action}: not one case passed`);
  return troubles;
}

function toVerdict(
  r: Run,
  c: Case,
  n: number,
  result: Judged,
  ms: number,
  secrets: readonly string[],
  tally: Tally,
): Verdict {
  let { status } = result;
  if (status === "failed" && r.known.covers(c.id, result.findings)) status = "known";
  r.known.note(c.id, status === "known");
  if (result.excused) tally.excused++;
  const keep = r.recordAll || !["passed", "observed"].includes(status);
  const endpoint = keep ? (endpointOf(r.target, c.action.id)?.endpoint ?? "") : "";
  return {
    type: "verdict",
    n,
    id: c.id,
    action: c.action.id,
    family: c.family,
    status,
    level: c.level,
    title: c.title,
    source: c.source,
    rule: c.rule,
    expect: c.expect,
    seen: result.seen,
    reason: result.reason,
    findings: result.findings,
    ms: Math.round(ms * 100) / 100,
    exchanges: keep ? result.exchanges.map((e) => record(e, { secrets, endpoint })) : [],
  };
}

class Tally {
  counts = Object.fromEntries(statuses.map((s) => [s, 0])) as { -readonly [S in Status]: Counts[S] };
  warnings = 0;
  excused = 0;
  /** By action: passed verdicts, and cases that could have passed. */
  private readonly actions = new Map<string, { name: string; passed: number; could: number }>();

  add(verdict: Verdict, c: Case): void {
    this.counts[verdict.status]++;
    if (verdict.status === "passed") this.warnings += verdict.findings.length;
    const row = this.actions.get(verdict.action) ?? { name: c.action.name, passed: 0, could: 0 };
    if (verdict.status === "passed") row.passed++;
    if (verdict.level !== "may") row.could++;
    this.actions.set(verdict.action, row);
  }

  unprovedActions(target: Target): string[] {
    return [...this.actions]
      .filter(
        ([id, row]) =>
          row.could > 0 && row.passed === 0 && endpointOf(target, id)?.lacks.actions[row.name] === undefined,
      )
      .map(([id]) => id);
  }

  unproved = (target: Target): number => this.unprovedActions(target).length;
}
