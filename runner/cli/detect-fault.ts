/** A fault -> the cases that fail against an emulator with it, and pass against one without faults. */
import { plan } from "../cases/plan.ts";
import { concernsAction, type Fault, isCaseOf } from "../emulator/faults/fault.ts";
import type { Action, Case, Verdict } from "../model/index.ts";
import type { Session } from "../run/session.ts";
import type { Specs } from "../spec/load.ts";
import { isFlatBinding } from "./select-cases.ts";
import { openSessionOn } from "./target/open-session.ts";

export interface DetectionResult {
  readonly id: string;
  readonly family: string;
  /** True if a case failed that has to detect the fault. */
  readonly detected: boolean;
  /** The failed cases, of any family. */
  readonly detectedBy: readonly FailedCase[];
}

type FailedCase = Pick<Case, "id" | "family" | "place" | "rule">;

export interface DetectionOptions {
  readonly specs: Specs;
  readonly seed: number;
  /** All cases of all actions are run, and not only the first ones that detect the fault. */
  readonly full: boolean;
}

/** Cases against an emulator without faults. A case that fails there detects nothing. */
export interface Baseline {
  /** Each case is run once, however often it is asked for. */
  verdictOf(c: Case): Promise<Verdict>;
}

export function createBaseline(session: Session): Baseline {
  const verdicts = new Map<string, Promise<Verdict>>();
  return {
    verdictOf(c) {
      const known = verdicts.get(c.id);
      if (known !== undefined) return known;
      const verdict = session.evaluate(c, verdicts.size).then((result) => result.verdict);
      verdicts.set(c.id, verdict);
      return verdict;
    },
  };
}

/** The cases that have to detect one of the faults: with `full` all cases of all actions. */
export function* judgedCases(faults: readonly Fault[], { specs, full }: DetectionOptions): Iterable<Case> {
  for (const action of specs.actions.values()) {
    const ofAction = faults.filter((fault) => concernsAction(fault, action.id));
    if (!full && ofAction.length === 0) continue;
    for (const c of planned([action])) if (full || ofAction.some((fault) => isCaseOf(fault, c))) yield c;
  }
}

/** Runs the expected family first; the other families only if it detects nothing, or with `full`. */
export async function detectFault(
  fault: Fault,
  baseline: Baseline,
  options: DetectionOptions,
): Promise<DetectionResult> {
  const { specs, full } = options;
  const all = [...specs.actions.values()];
  const actionsOfFault = all.filter((a) => concernsAction(fault, a.id));
  const isExpected = (c: FailedCase) => isCaseOf(fault, c);
  const byExpectedCases = full
    ? []
    : await failingCases(fault, baseline, options, planned(actionsOfFault, [`**/${fault.family}/**`]), isExpected);
  const failed =
    byExpectedCases.length > 0
      ? byExpectedCases
      : await failingCases(fault, baseline, options, planned(full ? all : actionsOfFault));
  const detectedBy = failed.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { id: fault.id, family: fault.family, detected: failed.some(isExpected), detectedBy };
}

const planned = (actions: readonly Action[], select: readonly string[] = []): Iterable<Case> =>
  plan({ actions, depth: "standard", select, isFlat: isFlatBinding });

/**
 * The first case that fails because of the fault, or all of them with `full`. One case runs at a time: what another case creates
 * and deletes in between can hide a fault of a list.
 */
async function failingCases(
  fault: Fault,
  baseline: Baseline,
  { specs, seed, full }: DetectionOptions,
  cases: Iterable<Case>,
  only: (c: Case) => boolean = () => true,
): Promise<FailedCase[]> {
  const { session, close } = await openSessionOn({ specs, seed, recordAll: false, faults: [fault.id] });
  const failed: FailedCase[] = [];
  let planIndex = 0;
  try {
    for (const c of cases) {
      if (!only(c)) continue;
      const { verdict } = await session.evaluate(c, planIndex++);
      if (!isSymptom(fault, verdict) || isSymptom(fault, await baseline.verdictOf(c))) continue;
      failed.push(c);
      if (!full) break;
    }
    return failed;
  } finally {
    await close();
  }
}

const isSymptom = ({ onlyWarning }: Fault, { status, findings }: Verdict): boolean =>
  status === "failed" || (onlyWarning === true && findings.length > 0);
