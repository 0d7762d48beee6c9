/** Two recorded runs → what became of each case from A to B, counted, and the first changes by name. */
import type {
  ActionComparison,
  AnswerDifference,
  ChangeKind,
  Comparison,
  Counts,
  Difference,
  Recording,
  Side,
  Undecided,
  Verdict,
} from "../model.ts";
import { answers } from "./answers.ts";
import { changeOf, isAnswer } from "./change.ts";
import { samePlan } from "./news.ts";
import { pairs } from "./pairs.ts";
import { type Passed, remarks } from "./remarks.ts";
import { counting, inWords, isJudged, stateOf, toState } from "./state.ts";

/** Changes that are told; the others are counted. */
const most = 1000;

const ranks = ["worse", "new failed", "other", "better", "new", "gone"] as const;

type Kinds = { [kind in ChangeKind]: number };
type Growing = { -readonly [key in keyof ActionComparison]: ActionComparison[key] } & { kinds: Kinds };

const noKinds = (): Kinds => ({ worse: 0, better: 0, other: 0, new: 0, gone: 0 });

/** The recordings are walked, never held. */
export function compare(a: Recording, b: Recording): Comparison {
  const sameSeed = a.header.seed === b.header.seed;
  const sameSpecs = a.header.assay === b.header.assay && a.header.specs === b.header.specs;
  const plan = samePlan(a.header, b.header);
  const [was, is] = [counting(), counting()];
  const actions = new Map<string, Growing>();
  const told = new Map(ranks.map((rank) => [rank, [] as Difference[]]));
  const passed: Passed = { mixes: { not: 0, failed: 0 }, one: 0, none: 0, cut: 0 };
  const lost: Undecided[] = [];
  let cases = 0;

  const rowOf = (action: string): Growing => {
    const row = actions.get(action) ?? { action, compared: 0, agree: 0, answers: 0, kinds: noKinds(), undecided: 0 };
    actions.set(action, row);
    return row;
  };
  const add = (change: Difference): void => {
    const list = told.get(change.kind === "new" && change.fails ? "new failed" : change.kind);
    if (list !== undefined && list.length < most) list.push(change);
  };

  for (const pair of pairs(a, b)) {
    // What B did not select is not missing there.
    if (pair.is === undefined && !plan) {
      was.add(pair.was.status);
      continue;
    }
    cases++;
    const verdict = pair.is ?? pair.was;
    const row = rowOf(verdict.action);
    const { id, source } = verdict;
    if (pair.was) was.add(pair.was.status);
    if (pair.is) is.add(pair.is.status);
    const note = (kind: ChangeKind, fails: boolean, before: string, after: string, answer: Told = []): void => {
      row.kinds[kind]++;
      add({ id, kind, was: before, is: after, source, fails, ...(answer.length > 0 ? { answer } : {}) });
    };
    if (pair.is === undefined) {
      note("gone", false, inWords(stateOf(pair.was)), "");
      // Without the same specs it may be planned no more; with them it was not reached.
      if (sameSpecs && isJudged(pair.was.status)) row.undecided++;
      continue;
    }
    const fails = pair.is.status === "failed";
    const after = stateOf(pair.is);
    if (pair.was === undefined) {
      note("new", fails, "", inWords(after));
      continue;
    }
    const before = stateOf(pair.was);
    if (pair.is.family === "fuzz" && !(sameSeed && sameSpecs)) {
      passed.mixes.not++;
      if (fails) passed.mixes.failed++;
      continue;
    }
    const silent = isJudged(pair.was.status) && !isJudged(pair.is.status);
    if (silent) row.undecided++;
    if (!isAnswer(pair.was.status, pair.is.status, false)) {
      if (fails) note("new", true, inWords(before), inWords(after));
      if (silent && lost.length < most) lost.push({ id, was: inWords(before), is: inWords(after), source });
      continue;
    }
    row.compared++;
    const kind = before === after ? null : changeOf(toState(before), toState(after), sameSeed);
    // What the documents leave open may depend on the value, and another seed makes another.
    const open = !sameSeed && (pair.was.status === "observed" || pair.is.status === "observed");
    const answer = open ? [] : parted(pair.was, pair.is, row);
    if (kind !== null) note(kind, kind === "worse", inWords(before), inWords(after), answer);
    else if (answer.length > 0) note("other", false, sideOf(answer, "was"), sideOf(answer, "is"), answer);
    else row.agree++;
  }

  function parted(one: Verdict, other: Verdict, row: Growing): Told {
    const held = answers(one, other, a.header, b.header);
    if (held === null) {
      if (hasAnswer(one) || hasAnswer(other)) passed.one++;
      else passed.none++;
      return [];
    }
    row.answers += held.compared;
    passed.cut += held.cut;
    return held.differences;
  }

  const rows = [...actions.values()];
  const sum = (of: (row: Growing) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const kinds = Object.fromEntries(
    Object.keys(noKinds()).map((kind) => [kind, sum((r) => r.kinds[kind as ChangeKind])]),
  );
  const [compared, undecided] = [sum((row) => row.compared), sum((row) => row.undecided)];
  const worse = sum((row) => row.kinds.worse) > 0 || (told.get("new failed")?.length ?? 0) > 0;
  return {
    a: sideFrom(a, was.counts),
    b: sideFrom(b, is.counts),
    cases,
    compared,
    agree: sum((row) => row.agree),
    answers: sum((row) => row.answers),
    kinds: kinds as Kinds,
    total: Object.values(kinds).reduce((total, count) => total + count, 0),
    worse,
    undecided,
    exit: worse ? 1 : undecided > 0 || compared === 0 ? 3 : 0,
    changes: ranks.flatMap((rank) => told.get(rank) ?? []).slice(0, most),
    lost,
    actions: rows,
    remarks: remarks(a, b, { ...passed, compared, plan }),
  };
}

type Told = readonly AnswerDifference[];

const hasAnswer = ({ exchanges }: Verdict): boolean => exchanges.some(({ role }) => role === "judged");

const sideOf = (answer: Told, side: "was" | "is"): string =>
  `answer: ${answer.map((one) => `${one.at} ${one[side]}`).join("; ")}`;

function sideFrom({ header, footer }: Recording, counts: Counts): Side {
  const { target, run, started, seed, depth, assay } = header;
  return { target, run, started, seed, depth, assay, counts, whole: footer !== null && !footer.interrupted };
}
