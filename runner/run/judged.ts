/** One case → its exchanges and verdict: control, state, calls before, the judged call, and what it left behind. */
import { bind, presets } from "../cases/bind.ts";
import { isControl, needsControl } from "../cases/control.ts";
import { type Judgement, judge } from "../check/judge.ts";
import type { SeenIds } from "../check/seen-ids.ts";
import type { Action, Before, Case, Exchange, Json, Members, Resource, ServiceTarget, Status } from "../model.ts";
import { NeedLacking, SetupFailed } from "../resources/caller.ts";
import { freshValue, type Naming } from "../resources/calls.ts";
import type { Lease } from "../resources/lease.ts";
import type { Leases } from "../resources/leases.ts";
import { valueAt } from "../resources/paths.ts";
import type { Tenure } from "../resources/tenure.ts";
import { type Sending, type Sent, send } from "./call.ts";
import type { Control, Controls } from "./controls.ts";
import { effectFindings, provable } from "./effects.ts";

export interface Judging {
  readonly sending: Sending;
  readonly to: ServiceTarget;
  readonly leases: Leases;
  readonly controls: Controls;
  readonly ids: SeenIds;
  readonly seed: number;
  readonly token: () => string;
}

export interface Judged {
  readonly status: Status;
  readonly reason: string;
  readonly seen: string;
  readonly findings: Judgement["findings"];
  readonly exchanges: readonly Exchange[];
  /** Skipped or unimplemented as the target said beforehand. */
  readonly excused: boolean;
}

const quiet = (status: Status, reason: string, excused = false): Judged => ({
  status,
  reason,
  seen: "",
  findings: [],
  exchanges: [],
  excused,
});

export async function judged(j: Judging, c: Case): Promise<Judged> {
  const { lacks } = j.to;
  const lacking = lacks.actions[c.action.name] ?? lacks.actions[c.action.id];
  if (lacking !== undefined) return quiet("unimplemented", lacking, true);
  const unbound = lacks.bindings[c.binding];
  if (unbound !== undefined) return quiet("skipped", unbound, true);
  if (needsControl(c)) {
    const control = await j.controls.of(c);
    // A refusal proves nothing where the call without its deviation was refused too; an acceptance speaks for itself.
    const blocks = c.expect.outcome === "success" ? control.kind === "lacks" : control.kind !== "accepted";
    if (control.kind !== "accepted" && blocks) return withoutControl(control);
  }
  if (!isControl(c)) return attempts(j, c);
  const result = attempts(j, c);
  j.controls.serve(
    c.control,
    c.action.id,
    result.then((r) => controlFrom(c, r)),
  );
  const done = await result;
  const lackingCode = c.action.service.envelope.lacks.includes(done.seen);
  return lackingCode
    ? { ...done, status: "unimplemented", reason: `answered ${done.seen}: the target lacks this action`, findings: [] }
    : done;
}

function withoutControl(control: Exclude<Control, { kind: "accepted" }>): Judged {
  if (control.kind === "lacks")
    return quiet("unimplemented", `its control was answered ${control.code}: the target lacks this action`);
  if (control.kind === "skipped") return quiet("skipped", control.why, control.excused);
  return quiet("indeterminate", `its control was not accepted: ${control.why}`);
}

export function controlFrom(c: Case, r: Judged): Control {
  if (r.status === "skipped") return { kind: "skipped", why: r.reason, excused: r.excused };
  if (r.seen === "success") return { kind: "accepted" };
  if (c.action.service.envelope.lacks.includes(r.seen)) return { kind: "lacks", code: r.seen };
  return { kind: "not-accepted", why: r.reason || `answered ${r.seen}` };
}

/** A value too short to carry the run's id may be somebody else's: then another is tried. */
const mostAttempts = 10;

export async function attempts(j: Judging, c: Case): Promise<Judged> {
  for (let n = 1; ; n++) {
    const result = await attempt(j, c);
    if (result.status !== "failed" || !isTaken(c, result.seen)) return result;
    if (n === mostAttempts)
      return {
        ...quiet("skipped", `each of ${mostAttempts} values of this length exists on the target`),
        seen: result.seen,
      };
  }
}

function isTaken(c: Case, code: string): boolean {
  if (
    c.expect.outcome !== "success" ||
    c.edit?.op !== "set" ||
    c.edit.value.kind !== "text" ||
    c.edit.value.length > 16
  )
    return false;
  const { parameter } = c.edit.at;
  return (
    c.action.parameters
      .find((p) => p.name === parameter)
      ?.refusals.get("unique")
      ?.codes.includes(code) ?? false
  );
}

async function attempt(j: Judging, c: Case): Promise<Judged> {
  const token = j.token();
  const preset = presets(c, token, j.seed);
  let tenure: Tenure;
  try {
    tenure = await j.leases.take(c, preset, token);
  } catch (error) {
    if (error instanceof NeedLacking) return needless(j, error);
    if (error instanceof SetupFailed) return quiet("indeterminate", error.message);
    throw error;
  }
  const made: Lease[] = [];
  let spoiled = c.action.mutating;
  try {
    const members = bind(
      c,
      { seed: j.seed, token, values: tenure.values, taken: tenure.taken, fill: tenure.fill },
      preset,
    );
    const result = await proved(j, c, await judgedCalls(j, c, members, token, made, tenure), [
      ...made,
      ...named(members, tenure),
    ]);
    if (result.status === "passed" || result.status === "observed") spoiled = false;
    return result;
  } finally {
    for (const lease of made.reverse()) await j.leases.adopt(lease);
    await tenure.release(spoiled);
  }
}

/** An acceptance is worth what it did: the effect is looked at before anything is cleared away. */
async function proved(j: Judging, c: Case, result: Judged, touched: readonly Lease[]): Promise<Judged> {
  if (result.status !== "passed" || result.seen !== "success" || !provable(c)) return result;
  const { findings, unclear } = await effectFindings(j.leases, c, touched);
  if (findings.length > 0) return { ...result, status: "failed", findings: [...result.findings, ...findings] };
  return unclear === "" ? result : { ...result, status: "indeterminate", reason: unclear };
}

/** The leases that the call still names: a deviation may have put another value in their place. */
function named(members: Members, tenure: Tenure): Lease[] {
  const values = new Set<Json>();
  const walk = (value: Json): void => {
    values.add(value);
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk(members);
  return tenure.changing().filter((lease) => values.has(lease.id));
}

function needless(j: Judging, error: NeedLacking): Judged {
  const told = j.to.lacks.needs[error.need];
  return quiet("skipped", told ?? error.message, told !== undefined);
}

async function judgedCalls(
  j: Judging,
  c: Case,
  members: Members,
  token: string,
  made: Lease[],
  tenure: Tenure,
): Promise<Judged> {
  const exchanges: Exchange[] = [];
  for (const [i, before] of (c.situation?.before ?? []).entries()) {
    const action = before.call === "this" ? c.action : c.action.service.actions.get(before.call);
    if (!action) throw new Error(`${c.action.service.id} has no action ${before.call}`);
    const extra = {
      ...literals(before, token),
      ...tenure.before[i],
      ...anew(action, before, { seed: j.seed, token: j.token() }),
    };
    const sent = await recorded(j, { ...c, action }, { ...members, ...extra }, "before", [], made, tenure);
    exchanges.push(sent.exchange);
    if (sent.outcome?.kind !== "success") {
      return { ...quiet("indeterminate", `the call before was not accepted: ${wordOf(sent)}`), exchanges };
    }
  }
  const codes = c.expect.outcome === "refused" ? c.expect.codes : [];
  const sent = await recorded(j, c, members, c.family === "control" ? "control" : "judged", codes, made, tenure);
  exchanges.push(sent.exchange);
  const judgement = judge(c, sent.exchange.response, sent.outcome, j.ids);
  return { ...judgement, exchanges, excused: false };
}

const literals = (before: Before, token: string): Members =>
  Object.fromEntries(Object.entries(before.with).map(([name, value]) => [name, value === "fresh" ? token : value]));

/** Names that the call before makes up for itself. */
const anew = (action: Action, before: Before, name: Naming): Members =>
  Object.fromEntries(
    action.parameters
      .filter((p) => before.where.get(p.name)?.existence === "new")
      .map((p) => [p.name, freshValue(action, p, before.where.get(p.name), name)]),
  );

function wordOf({ exchange, outcome }: Sent): string {
  if (outcome?.kind === "refusal") return outcome.code;
  return outcome?.kind === "unreadable"
    ? outcome.why
    : "why" in exchange.response
      ? exchange.response.detail
      : "success";
}

/** Every call of a creating action goes to the ledger first; what it made is ours, and is cleared away after the case. */
async function recorded(
  j: Judging,
  c: Case,
  members: Members,
  role: "before" | "judged" | "control",
  expected: readonly string[],
  made: Lease[],
  tenure: Tenure,
): Promise<Sent> {
  const call = { action: c.action, binding: c.binding, members };
  const resource = [...c.action.service.resources.values()].find((r) => r.create === c.action.name);
  if (!resource) return send(j.sending, j.to, call, role, expected);
  const { ledger } = j.leases.builder;
  const entry = ledger.intend({
    service: c.action.service.id,
    resource: resource.name,
    action: c.action.name,
    input: members,
  });
  const sent = await send(j.sending, j.to, call, role, expected);
  if (sent.outcome?.kind === "refusal") ledger.void(entry);
  if (sent.outcome?.kind !== "success") return sent;
  const id = valueAt(resource.id, { input: members, output: sent.outcome.output });
  if (id !== undefined) {
    ledger.made(entry, id);
    const containers = containersFor(c.action, resource, tenure);
    made.push({ resource, id, input: members, containers, supports: [], entry, key: "", private: true, gone: false });
  }
  return sent;
}

/** The containers that the call named for what it made. */
const containersFor = (action: Action, resource: Resource, tenure: Tenure): Lease[] =>
  [...action.given]
    .filter(([, state]) => resource.in.includes(state.resource))
    .flatMap(([name]) => [...tenure.standing(name)]);
