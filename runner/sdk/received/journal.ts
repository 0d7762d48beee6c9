/** The requests that an emulator received → one verdict for each check of each action and binding. */
import { toCase } from "../../cases/template.ts";
import { createBehaviour } from "../../emulator/behaviour.ts";
import { createEmulatorState } from "../../emulator/emulator-state.ts";
import { readRequest } from "../../emulator/read-request.ts";
import type { RequestContext } from "../../emulator/request-context.ts";
import type { EmulatorResponse } from "../../emulator/server-types.ts";
import type { Action, Case, Exchange, Finding, HttpRequest, Verdict } from "../../model/index.ts";
import { redactExchange } from "../../redaction/redact-exchange.ts";
import type { Redactor } from "../../redaction/redactor.ts";
import { toVerdict } from "../../run/evaluate/verdict.ts";
import type { Specs } from "../../spec/load.ts";
import { type ReceivedCheck, receivedChecks, requestFinding } from "./request-findings.ts";

export interface JournalOptions {
  readonly specs: Pick<Specs, "services">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly redactor: Redactor;
  /** Address of the emulator. */
  readonly endpoint: string;
}

export interface Journal {
  /** Judges a request; `oversize` as in `readRequest`. */
  record(request: HttpRequest, response: EmulatorResponse, oversize: boolean): void;
  /** Number of requests. */
  requests(): number;
  /** In the order in which actions and bindings were first called. Their statuses are `passed` and `failed`. */
  verdicts(): { readonly verdict: Verdict; readonly planned: Case }[];
  /** Sentences about requests that name no action of the specs. */
  problems(): string[];
}

/** What is kept of the requests of an action over a binding, for one check. */
interface Tally {
  readonly check: ReceivedCheck;
  requests: number;
  failed: number;
  /** Distinct ones, the first `MAX_FINDINGS`. */
  readonly findings: Finding[];
  /** The first exchange of each finding. */
  readonly exchanges: Exchange[];
}

/** A client repeats its mistakes: more findings of one check would be read by nobody. */
const MAX_FINDINGS = 10;
/** Longest text of a request line in a problem, in UTF-16 units. */
const MAX_LINE_LENGTH = 80;

export function createJournal({ specs, now, redactor, endpoint }: JournalOptions): Journal {
  // A state and a behaviour of its own: faults and variants of the emulator do not concern the client.
  const state = createEmulatorState({ specs, strict: false, now, requestId: () => "" });
  const behaviour = createBehaviour([], []);
  const calls = new Map<string, { action: Action; binding: string; tallies: readonly Tally[] }>();
  let requests = 0;
  let unassigned = 0;
  let firstUnassigned = "";

  function talliesOf(action: Action, binding: string): readonly Tally[] {
    const key = `${action.id}@${binding}`;
    let call = calls.get(key);
    if (call === undefined) {
      const tallies = receivedChecks.map((check) => ({ check, requests: 0, failed: 0, findings: [], exchanges: [] }));
      call = { action, binding, tallies };
      calls.set(key, call);
    }
    return call.tallies;
  }

  return {
    record(request, response, oversize) {
      requests++;
      const context = readRequest(state, behaviour, request, oversize);
      const { action, received } = context;
      if (action === undefined || received === undefined) {
        unassigned++;
        firstUnassigned ||= `${request.method} ${request.path}`.slice(0, MAX_LINE_LENGTH);
        return;
      }
      for (const tally of talliesOf(action, received.binding)) recordIn(tally, context, action, response, now());
    },
    requests: () => requests,
    verdicts() {
      let planIndex = 0;
      return [...calls.values()].flatMap(({ action, binding, tallies }) =>
        tallies.map((tally) => {
          const planned = plannedCase(action, binding, tally.check);
          return { planned, verdict: verdictOf(planned, tally, planIndex++, redactor, endpoint) };
        }),
      );
    },
    problems: () =>
      unassigned === 0
        ? []
        : [redactor.redact(`requests that name no action of the specs: ${unassigned}, the first: ${firstUnassigned}`)],
  };
}

function recordIn(
  tally: Tally,
  context: RequestContext,
  { id }: Action,
  response: EmulatorResponse,
  atMs: number,
): void {
  tally.requests++;
  // A stage stores what it reads, so each check reads the request anew.
  const found = requestFinding(tally.check, { ...context, members: {} });
  if (found === undefined) return;
  tally.failed++;
  const isKnown = tally.findings.some(({ location, actual }) => location === found.location && actual === found.actual);
  if (isKnown || tally.findings.length === MAX_FINDINGS) return;
  tally.findings.push({ check: tally.check.id, level: "must", ...found });
  tally.exchanges.push({
    role: "judged",
    action: id,
    binding: context.received?.binding ?? "",
    request: context.request,
    response: {
      status: response.status,
      headers: Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
      body: Buffer.from(response.body),
    },
    sentAtMs: atMs,
    durationMs: 0,
  });
}

const plannedCase = (action: Action, binding: string, { id, title }: ReceivedCheck): Case =>
  toCase(
    { place: "", slug: id, title, outcome: "success", rule: null, source: action.source },
    action,
    "received",
    binding,
  );

function verdictOf(planned: Case, tally: Tally, planIndex: number, secrets: Redactor, endpoint: string): Verdict {
  const { requests, failed, findings, exchanges } = tally;
  const status = failed > 0 ? "failed" : "passed";
  const reason = failed > 0 ? `${failed} of ${requests} requests` : `requests: ${requests}`;
  return secrets.redactVerdict(
    toVerdict({
      planned,
      planIndex,
      result: {
        status,
        reason,
        actual: failed > 0 ? "not as documented" : "success",
        findings,
        exchanges: [],
        declaredByTarget: false,
      },
      status,
      durationMs: 0,
      exchanges: exchanges.map((exchange) => redactExchange(exchange, { secrets, endpoint })),
    }),
  );
}
