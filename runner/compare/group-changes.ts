/** Changes as they come → what is told of them: the first by name, and all of them in groups of the same turn. */
import type { CaseChange, ChangeGroup, Comparison, Source, UndecidedCase } from "../model/index.ts";
import type { VerdictDescription } from "./describe-verdict.ts";

/** Changes that are named, and groups of one rank; a hostile target could make each case a turn of its own. */
const most = 1000;

/** Cases that show a group. */
const examples = 3;

const ranks = ["worse", "added failing", "known", "other", "better", "added", "removed", "undecided"] as const;
type Rank = (typeof ranks)[number];

export interface GroupedChange {
  readonly id: string;
  readonly source: Source;
  readonly kind: ChangeGroup["kind"];
  readonly fails: boolean;
  readonly known: boolean;
  readonly was: VerdictDescription;
  readonly is: VerdictDescription;
  readonly answer: NonNullable<CaseChange["response"]>;
}

export interface ChangeGrouper {
  add(turn: GroupedChange): void;
  result(): Pick<Comparison, "changes" | "undecidedCases" | "groups" | "ungrouped">;
}

type Growing = { -readonly [key in keyof ChangeGroup]: ChangeGroup[key] } & {
  examples: Pick<CaseChange, "id" | "source">[];
};

export function createChangeGrouper(): ChangeGrouper {
  const named = new Map(ranks.map((rank) => [rank, [] as CaseChange[]]));
  const groups = new Map(ranks.map((rank) => [rank, new Map<string, Growing>()]));
  const undecidedCases: UndecidedCase[] = [];
  let ungrouped = 0;

  function group(turn: GroupedChange): void {
    const list = groups.get(rankOf(turn));
    const started = begun(turn);
    const key = JSON.stringify(keyOf(turn).map(stripIndices));
    const one = list?.get(key) ?? started;
    if (list === undefined || (one === started && list.size >= most)) {
      ungrouped++;
      return;
    }
    list.set(key, one);
    one.cases++;
    // Answers of several kinds turned into the same failure, or the other way round.
    if (stripIndices(one.before) !== stripIndices(started.before)) one.before = turn.was.statusOnly;
    if (stripIndices(one.after) !== stripIndices(started.after)) one.after = turn.is.statusOnly;
    if (one.examples.length < examples) one.examples.push({ id: turn.id, source: turn.source });
    if (one.response.length === 0) one.response = answerOf(turn);
    const warning = differsBeyondWarnings(turn) ? turn.is.warning || turn.was.warning : "";
    if (warning !== "") one.casesWithWarning++;
    one.warning ||= warning;
  }

  return {
    add(turn) {
      group(turn);
      const { id, source, kind, fails, known, answer } = turn;
      const [was, is] = [turn.was.text, turn.is.text];
      if (kind === "undecided") {
        if (undecidedCases.length < most) undecidedCases.push({ id, before: was, after: is, source });
        return;
      }
      const list = named.get(rankOf(turn)) ?? [];
      if (list.length >= most) return;
      const more = { ...(known ? { known } : {}), ...(answer.length > 0 ? { response: answer } : {}) } as const;
      list.push({ id, kind, before: was, after: is, source, fails, ...more });
    },
    result: () => ({
      changes: ranks.flatMap((rank) => named.get(rank) ?? []).slice(0, most),
      undecidedCases,
      groups: ranks.flatMap((rank) => [...(groups.get(rank)?.values() ?? [])].sort((a, b) => b.cases - a.cases)),
      ungrouped,
    }),
  };
}

function rankOf({ kind, fails, known }: GroupedChange): Rank {
  if (fails && known) return "known";
  return kind === "added" && fails ? "added failing" : kind;
}

/** True where something else changed than the warnings, so that they are told beside it. */
const differsBeyondWarnings = ({ was, is }: GroupedChange): boolean => was.withoutWarnings !== is.withoutWarnings;

/** A failure is one turn whatever the other run saw there. */
function keyOf(turn: GroupedChange): string[] {
  const { kind, was, is } = turn;
  // Why B has no verdict is one reason, whatever A came to.
  if (kind === "undecided") return [kind, is.text];
  if (!differsBeyondWarnings(turn)) return [kind, was.text, is.text];
  return [kind, is.failing ? was.statusOnly : was.withoutWarnings, was.failing ? is.statusOnly : is.withoutWarnings];
}

function begun(turn: GroupedChange): Growing {
  const { kind, fails, known, was, is } = turn;
  const words = differsBeyondWarnings(turn)
    ? { before: was.withoutWarnings, after: is.withoutWarnings }
    : { before: was.text, after: is.text };
  return { kind, fails, known, ...words, cases: 0, casesWithWarning: 0, warning: "", examples: [], response: [] };
}

const answerOf = ({ was, answer }: GroupedChange): GroupedChange["answer"] =>
  was.text.startsWith("answer: ") ? [] : answer;

/** The same mistake in the first and in the second item is one; so is a reason that names another thing of the run. */
const stripIndices = (words: string): string =>
  /^(?:indeterminate|errored|skipped|unimplemented):/.test(words)
    ? words.replace(/\S*\d\S*/g, "#")
    : words.replace(/\/\d+(?=[/ :;]|$)/g, "/*");
