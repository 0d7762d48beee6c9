/** Several equal calls at once → one judgement over all of them: how many were accepted, and what the others got. */
import { judge } from "../../check/judge.ts";
import { codePlace } from "../../check/places.ts";
import type { Case, Finding, Members, Race } from "../../model/index.ts";
import { isBusy } from "../send/retry-policy.ts";
import type { Sending, Sent } from "../send/send.ts";
import { type Judged, type Judging, unheard } from "./context.ts";

export async function raced(
  j: Judging,
  c: Case,
  race: Race,
  members: Members,
  once: (j: Judging) => Promise<Sent>,
): Promise<Judged> {
  const start = await together(j, c, race.copies);
  const sent = await Promise.all(Array.from({ length: race.copies }, () => once(start)));
  const exchanges = sent.map((s) => s.exchange);
  const winners = sent.filter((s) => s.outcome?.kind === "success").length;
  const busy = sent.filter((s) => turnedAway(c, race, s)).length;
  const wanted = race.codes ? 1 : race.copies;
  const told = sent.filter((s) => !turnedAway(c, race, s)).map((s) => judgedAs(j, c, race, members, s));
  // More winners than there may be are proof, whatever the others got.
  const open = told.find(({ status }) => status === "indeterminate" || status === "errored");
  if (open && winners <= wanted) return { ...open, exchanges, excused: false };
  const findings = distinct(told.flatMap((t) => t.findings));
  if (winners > wanted || (winners < wanted && busy === 0)) findings.push(count(c, wanted, winners));
  if (findings.some((f) => f.level === "must"))
    return { ...unheard("failed", ""), seen: "success", findings, exchanges };
  if (winners < wanted)
    return { ...unheard("indeterminate", `the target was too busy for ${busy} of ${race.copies} calls`), exchanges };
  return { ...unheard("passed", ""), seen: "success", findings, exchanges };
}

/** All of them go at once, so their turns are taken beforehand; what is asked again waits for one of its own. */
async function together(j: Judging, { action }: Case, copies: number): Promise<Judging> {
  await j.sending.turn(j.to, action, copies);
  let taken = copies;
  const turn: Sending["turn"] = (...asked) => (taken-- > 0 ? undefined : j.sending.turn(...asked));
  return { ...j, sending: { ...j.sending, turn } };
}

/** Each answer is also one by itself: the winner's a success, a loser's a refusal with a code that fits. */
function judgedAs(j: Judging, c: Case, { codes, level }: Race, members: Members, { exchange, outcome }: Sent) {
  const lost = codes !== null && outcome?.kind === "refusal";
  const alone: Case = lost ? { ...c, level, fits: ["state"], expect: { outcome: "refused", codes } } : c;
  return judge(alone, exchange.response, outcome, j.ids, j.checks, members);
}

/** A target that is at work on the same thing may say so instead; and one that was busy first may have done its work then. */
const turnedAway = (c: Case, { codes }: Race, { outcome, repeated = false }: Sent): boolean =>
  outcome?.kind === "refusal" && (repeated || (isBusy(c.action, outcome.code) && !codes?.includes(outcome.code)));

const count = (c: Case, expected: number, actual: number): Finding => ({
  check: "concurrency",
  level: "must",
  at: codePlace(c.action),
  expected,
  actual,
});

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((f) => [JSON.stringify(f), f])).values()];
}
