/** Changes as they come → what is told of them: the first by name, and all of them in groups of the same turn. */
import type { ChangeGroup, Comparison, Difference, Source, Undecided } from "../model/index.ts";
import type { Words } from "./describe-verdict.ts";

/** Changes that are named, and groups of one rank; a hostile target could make each case a turn of its own. */
const most = 1000;

/** Cases that show a group. */
const examples = 3;

const ranks = ["worse", "new failed", "known", "other", "better", "new", "gone", "undecided"] as const;
type Rank = (typeof ranks)[number];

export interface Turn {
  readonly id: string;
  readonly source: Source;
  readonly kind: ChangeGroup["kind"];
  readonly fails: boolean;
  readonly known: boolean;
  readonly was: Words;
  readonly is: Words;
  readonly answer: NonNullable<Difference["answer"]>;
}

export interface Telling {
  add(turn: Turn): void;
  told(): Pick<Comparison, "changes" | "lost" | "groups" | "ungrouped">;
}

type Growing = { -readonly [key in keyof ChangeGroup]: ChangeGroup[key] } & {
  examples: Pick<Difference, "id" | "source">[];
};

export function telling(): Telling {
  const named = new Map(ranks.map((rank) => [rank, [] as Difference[]]));
  const groups = new Map(ranks.map((rank) => [rank, new Map<string, Growing>()]));
  const lost: Undecided[] = [];
  let ungrouped = 0;

  function group(turn: Turn): void {
    const list = groups.get(rankOf(turn));
    const started = begun(turn);
    const key = JSON.stringify(keyOf(turn).map(anywhere));
    const one = list?.get(key) ?? started;
    if (list === undefined || (one === started && list.size >= most)) {
      ungrouped++;
      return;
    }
    list.set(key, one);
    one.cases++;
    // Answers of several kinds turned into the same failure, or the other way round.
    if (anywhere(one.was) !== anywhere(started.was)) one.was = turn.was.bare;
    if (anywhere(one.is) !== anywhere(started.is)) one.is = turn.is.bare;
    if (one.examples.length < examples) one.examples.push({ id: turn.id, source: turn.source });
    if (one.answer.length === 0) one.answer = answerOf(turn);
    const warning = besides(turn) ? turn.is.warning || turn.was.warning : "";
    if (warning !== "") one.warned++;
    one.warning ||= warning;
  }

  return {
    add(turn) {
      group(turn);
      const { id, source, kind, fails, known, answer } = turn;
      const [was, is] = [turn.was.text, turn.is.text];
      if (kind === "undecided") {
        if (lost.length < most) lost.push({ id, was, is, source });
        return;
      }
      const list = named.get(rankOf(turn)) ?? [];
      if (list.length >= most) return;
      const more = { ...(known ? { known } : {}), ...(answer.length > 0 ? { answer } : {}) } as const;
      list.push({ id, kind, was, is, source, fails, ...more });
    },
    told: () => ({
      changes: ranks.flatMap((rank) => named.get(rank) ?? []).slice(0, most),
      lost,
      groups: ranks.flatMap((rank) => [...(groups.get(rank)?.values() ?? [])].sort((a, b) => b.cases - a.cases)),
      ungrouped,
    }),
  };
}

function rankOf({ kind, fails, known }: Turn): Rank {
  if (fails && known) return "known";
  return kind === "new" && fails ? "new failed" : kind;
}

/** True where something else changed than the warnings, so that they are told beside it. */
const besides = ({ was, is }: Turn): boolean => was.plain !== is.plain;

/** A failure is one turn whatever the other run saw there. */
function keyOf(turn: Turn): string[] {
  const { kind, was, is } = turn;
  // Why B has no verdict is one reason, whatever A came to.
  if (kind === "undecided") return [kind, is.text];
  if (!besides(turn)) return [kind, was.text, is.text];
  return [kind, is.failing ? was.bare : was.plain, was.failing ? is.bare : is.plain];
}

function begun(turn: Turn): Growing {
  const { kind, fails, known, was, is } = turn;
  const words = besides(turn) ? { was: was.plain, is: is.plain } : { was: was.text, is: is.text };
  return { kind, fails, known, ...words, cases: 0, warned: 0, warning: "", examples: [], answer: [] };
}

const answerOf = ({ was, answer }: Turn): Turn["answer"] => (was.text.startsWith("answer: ") ? [] : answer);

/** The same mistake in the first and in the second item is one; so is a reason that names another thing of the run. */
const anywhere = (words: string): string =>
  /^(?:indeterminate|errored|skipped|unimplemented):/.test(words)
    ? words.replace(/\S*\d\S*/g, "#")
    : words.replace(/\/\d+(?=[/ :;]|$)/g, "/*");
