/** A mutation → the first case that fails with it, or warns. */
import { globMatcher } from "../../../runner/cases/glob.ts";
import type { Case, Verdict } from "../../../runner/model/index.ts";
import { specsOf } from "../../vitest.ts";
import { breadthFirst, cachedCases } from "../detection/cached-cases.ts";
import { isDetected } from "../detection/detection-matrix.ts";
import type { Mutation, MutationKind } from "./mutations/mutation.ts";
import { runAgainst, startIndependentServer } from "./run-against.ts";

const caseMatcher = (families: string, ...globs: string[]): ((c: Case) => boolean) => {
  const matches = globMatcher([...families.split(" ").map((family) => `*/*/*/${family}/**`), ...globs]);
  return ({ id }) => matches(id);
};

const isAboutCharacters = caseMatcher(
  "illegal-charset signature fuzz repeated-key unknown-member missing-member concurrency",
);
const isAboutOneValue = caseMatcher(
  "illegal-charset signature fuzz repeated-key precedence unknown-member wrong-type protocol equivalence",
);
const isAboutRefusal = caseMatcher(
  "missing-member duplicate enum concurrency",
  "**/boundary/*/*-bytes-*",
  "**/boundary/*/*-chars-*",
);

/** Cases that cannot detect a mutation of a kind would only cost time. A new family is never left out. */
function isLeftOut(kind: MutationKind, c: Case): boolean {
  switch (kind) {
    case "signatures":
    case "bodies":
    case "after-a-while":
      return false;
    case "types":
    case "encodings":
      return isAboutCharacters(c);
    case "lists":
      return isAboutOneValue(c) || isAboutRefusal(c);
    default:
      return isAboutOneValue(c);
  }
}

/** The first failed verdict; undefined where every case of the mutation's selection has another status. */
export async function findFailure({ id, break: hooks, kind, select }: Mutation): Promise<Verdict | undefined> {
  const { verdicts } = await runAgainst(startIndependentServer(hooks()), {
    select,
    cases: breadthFirst(cachedCases(specsOf(), "standard", select)),
    only: (c) => !isLeftOut(kind, c),
    // Cases that are evaluated at the same time as the first that fails would be for nothing.
    workers: 1,
    stopWhen: isDetected,
  });
  if (verdicts.length === 0) throw new Error(`${id}: no case of ${select.join(" ")}`);
  return verdicts.find(isDetected);
}
