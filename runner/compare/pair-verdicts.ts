/** Two recordings → their verdicts by id, two and two, in plan order; a few of them in memory at once. */
import type { Recording, Verdict } from "../model/index.ts";

/** One side is undefined where that run has no such case. */
export type VerdictPair =
  | { readonly was: Verdict; readonly is: Verdict }
  | { readonly was: Verdict; readonly is: undefined }
  | { readonly was: undefined; readonly is: Verdict };

/** Action by action, B's first. Of two plans in the same order one verdict of each is held; in another, those of an action. */
export function* pairVerdicts(a: Recording, b: Recording): Generator<VerdictPair> {
  const there = new Set(a.actions);
  for (const action of b.actions) {
    if (there.delete(action)) yield* pairsOf(a.verdicts(action), b.verdicts(action));
    else for (const is of b.verdicts(action)) yield { was: undefined, is };
  }
  for (const action of there) for (const was of a.verdicts(action)) yield { was, is: undefined };
}

function* pairsOf(a: Iterable<Verdict>, b: Iterable<Verdict>): Generator<VerdictPair> {
  const [inA, inB] = [idsOf(a), idsOf(b)];
  /** Passed over on the way to another; B comes to them later. */
  const kept = new Map<string, Verdict>();
  const walk = a[Symbol.iterator]();
  for (const is of b) {
    // An id that a damaged log has twice is looked up once.
    if (!inA.delete(is.id)) {
      yield { was: undefined, is };
      continue;
    }
    let was = kept.get(is.id);
    kept.delete(is.id);
    for (let next = was ? undefined : walk.next(); next && !next.done && !was; next = was ? undefined : walk.next()) {
      const { value } = next;
      if (value.id === is.id) was = value;
      else if (inB.has(value.id)) kept.set(value.id, value);
      else yield { was: value, is: undefined };
    }
    yield was === undefined ? { was, is } : { was, is };
  }
  for (let next = walk.next(); !next.done; next = walk.next())
    if (!inB.has(next.value.id)) yield { was: next.value, is: undefined };
}

function idsOf(verdicts: Iterable<Verdict>): Set<string> {
  const ids = new Set<string>();
  for (const { id } of verdicts) ids.add(id);
  return ids;
}
