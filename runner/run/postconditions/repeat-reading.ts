/** A reading whose result may be that of a late change → repeats it until it shows nothing wrong, or the time for changes is over. */
import type { Exchange, Finding, Json } from "../../model/index.ts";
import { MAX_PAUSE_MS, MIN_PAUSE_MS, MIN_POLL_MS } from "../../resources/probe.ts";
import type { ResourceContext } from "../../resources/resource-context.ts";
import type { CompletedCall, PostconditionContext, PostconditionResult } from "./postcondition.ts";
import { POSTCONDITION_HOLDS } from "./postcondition.ts";

/** What is wrong with an output; a text says why it could not be judged. */
export type Judgement = { readonly findings: readonly Finding[]; readonly exchange?: Exchange } | string;

/** Findings of one case that are reported: a hostile response could have a hundred thousand. */
const MAX_FINDINGS = 20;

/** Cases in which the same place was wrong for the whole time, after which that place is not waited for again. */
const ENOUGH_CASES = 3;
/** By run and service: the number of these cases by action and place. */
const confirmedPlaces = new WeakMap<ResourceContext, Map<string, number>>();

/** `judge` gets the output of the judged call, later that of a call with the same members. */
export async function repeatReading(
  { pool }: PostconditionContext,
  { testCase: { action }, members }: CompletedCall,
  first: Json | undefined,
  judge: (output: Json | undefined) => Promise<Judgement>,
): Promise<PostconditionResult> {
  const { call, pause: wait, service } = pool.context;
  const confirmed = confirmedPlaces.get(pool.context) ?? new Map<string, number>();
  confirmedPlaces.set(pool.context, confirmed);
  const placeOf = ({ location }: Finding) => `${action.id} ${location.replace(/\/\d+/g, "")}`;
  const settlingSeconds = Math.max(...[...service.resources.values()].map((r) => r.consistencySeconds));
  // A call that changes state is not repeated: its response is about its own effect.
  let remainingMs = action.mutating ? 0 : Math.max(settlingSeconds * 1000, MIN_POLL_MS);
  let output = first;
  let exchange: Exchange | undefined;
  for (let pause = MIN_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    const judged = await judge(output);
    if (typeof judged === "string") return { findings: [], inconclusiveReason: judged };
    if (judged.findings.length === 0) return POSTCONDITION_HOLDS;
    if (judged.findings.every((finding) => (confirmed.get(placeOf(finding)) ?? 0) >= ENOUGH_CASES))
      remainingMs = Math.min(remainingMs, pause > MIN_PAUSE_MS ? 0 : MIN_PAUSE_MS);
    const waitMs = Math.min(pause, remainingMs);
    if (waitMs > 0 && !(await wait(waitMs)))
      return { findings: [], inconclusiveReason: `${action.name} was not repeated: the run was interrupted` };
    if (waitMs <= 0) {
      for (const place of new Set(judged.findings.map(placeOf))) confirmed.set(place, (confirmed.get(place) ?? 0) + 1);
      const last = judged.exchange ?? exchange;
      const findings = judged.findings.slice(0, MAX_FINDINGS);
      return { findings, inconclusiveReason: "", exchanges: last === undefined ? [] : [last] };
    }
    remainingMs -= waitMs;
    const again = await call(action, members, "probe");
    if (again.kind !== "accepted") {
      const reason = again.kind === "refused" ? again.code : again.reason;
      return { findings: [], inconclusiveReason: `${action.name} could not be repeated: ${reason}` };
    }
    ({ output } = again);
    exchange = again.exchange ?? exchange;
  }
}
