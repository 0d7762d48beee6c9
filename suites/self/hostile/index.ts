/** Every hostile behaviour, when it shows, and which verdicts on it are honest. */
import type { Status } from "../../../runner/model/index.ts";
import {
  type EnvelopeKind,
  expectAuth,
  expectedVerdicts,
  expectRandom,
  type HostileBehaviour,
  once,
  type When,
} from "./behaviour.ts";
import { bodies } from "./bodies.ts";
import { connections } from "./connections.ts";
import { contents } from "./content.ts";
import { headers } from "./headers.ts";
import type { ProxiedRequest } from "./proxy.ts";

export const behaviours: readonly HostileBehaviour[] = [...connections, ...headers, ...bodies, ...contents];

export interface HostileRow {
  readonly behaviour: HostileBehaviour;
  readonly when: When;
}

/** A run for each row. */
export const hostileRows: readonly HostileRow[] = behaviours.flatMap((behaviour) =>
  whensOf(behaviour).map((when) => ({ behaviour, when })),
);

function whensOf({ whens, connected, waits }: HostileBehaviour): readonly When[] {
  return whens ?? (connected || waits ? once : ["always", "refusals"]);
}

export const nameOf = ({ behaviour, when }: HostileRow): string => `${behaviour.id} ${when}`;

/** So many calls go well before it turns bad. */
const patience = 12;

const creates = /^(?:Create|Add|create_|add_|account_import)/;

export const isActive: { readonly [when in When]: (question: ProxiedRequest) => boolean } = {
  always: () => true,
  refusals: ({ refused, ping }) => refused && !ping,
  changes: ({ action }) => creates.test(action),
  later: ({ n }) => n >= patience,
};

/** A little of everything: what only looks and what changes state, what is accepted and what is refused, of each protocol. */
export const select: readonly string[] = [
  "tencent/iai/GetGroupList/{valid,boundary,repeated-key}/**",
  "tencent/organization/ListUsers/{valid,boundary}/**",
  "tencent/organization/ListUsers/missing-member/ZoneId/absent@*",
  "tencent/iai/CreateGroup/valid/**",
  "tencent/iai/CreateGroup/boundary/{GroupId,GroupName,Tag}/**",
  "tencent/iai/CreateGroup/duplicate/GroupId/**",
  "tencent/organization/CreateGroup/valid/call/minimal@*",
  "tencent/im/get_role_in_group/{valid,missing-member}/**",
  "tencent/im/add_group_member/valid/**",
  "aws/rekognition/DescribeCollection/{valid,boundary,missing-member}/**",
].flatMap(alternatives);

/** Only here a valid call is told by the target's clock; at standard depth. */
export const activeWindows: readonly string[] = ["tencent/iai/GetGroupList/signature/window/*@tc3-post"];

/** Globs know no alternatives: each becomes one of its own. */
function alternatives(glob: string): string[] {
  const [, before = "", choice = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(glob) ?? [];
  return choice === "" ? [glob] : choice.split(",").map((one) => before + one + after);
}

/** Of a verdict as much as decides whether it is honest. */
export interface RowMessage {
  readonly id: string;
  readonly status: Status;
  readonly outcome: "success" | "refused" | "any";
  /** What it comes to where nobody is hostile. */
  readonly healthy: Status;
}

const voiceOf = (id: string): EnvelopeKind =>
  id.startsWith("aws/") ? "aws" : id.startsWith("tencent/im/") ? "im" : "cloud";

/** It only looks, needs nothing, and rests on nothing but its own answer. */
const alone = /^tencent\/(?:iai\/GetGroupList|organization\/ListUsers)\/valid\/call\/minimal@/;

/** What is said of one second is asked within one: where that cannot be had, it is not judged. */
const timed = /\/signature\/window\//;

/** The statuses that are honest for this case. */
export function isAcceptableVerdict(
  { behaviour, when }: HostileRow,
  { id, outcome, healthy }: RowMessage,
): readonly Status[] {
  const voice = voiceOf(id);
  const { accepted, refused } = expectedVerdicts(behaviour, voice);
  if (when === "always" && alone.test(id)) return accepted;
  const all = [...accepted, ...refused];
  // Of a case that is only observed, `observed` is what passes elsewhere.
  const mine = { success: accepted, refused, any: all.map((s) => (s === "passed" ? "observed" : s)) }[outcome];
  const untouched = behaviour.partly ? [healthy] : [];
  const asked: readonly Status[] = refused === expectAuth.refused && timed.test(id) ? ["failed"] : [];
  const shaky: readonly Status[] = behaviour.waits || shakes(behaviour) || timed.test(id) ? ["indeterminate"] : [];
  if (when === "refusals") {
    if (outcome === "success")
      return [healthy, ...shaky, ...(refused === expectRandom.refused ? expectRandom.accepted : [])];
    return [...mine, ...shaky, ...untouched, ...asked, ...(outcome === "any" ? [healthy] : [])];
  }
  // Where valid calls come to nothing, so do those that rest on them; and the pings of these two are refused.
  const valid = accepted.includes("passed");
  const rests: readonly Status[] =
    passes(accepted) && (voice === "cloud" || passes(refused)) ? shaky : ["indeterminate"];
  if (when === "always") return [...(valid ? mine : mine.filter((s) => s !== "passed")), ...rests, ...untouched];
  // What was judged well is looked at afterwards, and that may meet it.
  return [...mine, ...(passes(all) ? shaky : (["indeterminate"] as const)), healthy];
}

const passes = (statuses: readonly Status[]): boolean => statuses.every((status) => status === "passed");

/** It may break a connection, or leave something on it, whoever is on it next. */
const shakes = (behaviour: HostileBehaviour): boolean =>
  (["cloud", "im", "aws"] as const).some((voice) =>
    expectedVerdicts(behaviour, voice).refused.includes("indeterminate"),
  );
