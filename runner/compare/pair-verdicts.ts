/** Two recordings -> their verdicts in pairs of equal case ids, in plan order, with few verdicts in memory at the same time. */
import type { Recording, Verdict } from "../model/index.ts";

/** One of the two is undefined where that run has no such case. */
export type VerdictPair =
  | { readonly before: Verdict; readonly after: Verdict }
  | { readonly before: Verdict; readonly after: undefined }
  | { readonly before: undefined; readonly after: Verdict };

/**
 * Action by action, first those of B. If both plans have the same order, one verdict of each run is in memory; else at most
 * those of one action.
 */
export function* pairVerdicts(a: Recording, b: Recording): Generator<VerdictPair> {
  const actionsOfA = new Set(a.actions);
  for (const action of b.actions) {
    if (actionsOfA.delete(action)) yield* pairsOf(a.verdicts(action), b.verdicts(action));
    else for (const after of b.verdicts(action)) yield { before: undefined, after };
  }
  for (const action of actionsOfA) for (const before of a.verdicts(action)) yield { before, after: undefined };
}

function* pairsOf(a: Iterable<Verdict>, b: Iterable<Verdict>): Generator<VerdictPair> {
  const [idsOfA, idsOfB] = [idsOf(a), idsOf(b)];
  /** Verdicts of A that were read before B reaches the same case. */
  const pending = new Map<string, Verdict>();
  const verdictsOfA = a[Symbol.iterator]();
  for (const after of b) {
    // A case that a damaged log has twice is paired once.
    if (!idsOfA.delete(after.id)) {
      yield { before: undefined, after };
      continue;
    }
    let before = pending.get(after.id);
    pending.delete(after.id);
    while (before === undefined) {
      const next = verdictsOfA.next();
      if (next.done) break;
      if (next.value.id === after.id) before = next.value;
      else if (idsOfB.has(next.value.id)) pending.set(next.value.id, next.value);
      else yield { before: next.value, after: undefined };
    }
    yield before === undefined ? { before, after } : { before, after };
  }
  for (let next = verdictsOfA.next(); !next.done; next = verdictsOfA.next())
    if (!idsOfB.has(next.value.id)) yield { before: next.value, after: undefined };
}

function idsOf(verdicts: Iterable<Verdict>): Set<string> {
  const ids = new Set<string>();
  for (const { id } of verdicts) ids.add(id);
  return ids;
}
