/** Changes in the order in which they are found -> the first of them as a list, and all of them in groups of equal changes. */
import type { CaseChange, ChangeGroup, Comparison, Source, UndecidedCase } from "../model/index.ts";
import type { VerdictDescription } from "./describe-verdict.ts";

/** Changes that are listed, and groups of one rank: a hostile target could change every case in another way. */
const MAX_LISTED = 1000;

/** Example cases of a group. */
const MAX_EXAMPLES = 3;

const ranks = ["worse", "added failing", "known", "other", "better", "added", "removed", "undecided"] as const;
type Rank = (typeof ranks)[number];

export interface GroupedChange {
  readonly id: string;
  readonly source: Source;
  readonly kind: ChangeGroup["kind"];
  readonly fails: boolean;
  readonly known: boolean;
  readonly before: VerdictDescription;
  readonly after: VerdictDescription;
  readonly response: NonNullable<CaseChange["response"]>;
}

export interface ChangeGrouper {
  add(change: GroupedChange): void;
  result(): Pick<Comparison, "changes" | "undecidedCases" | "groups" | "ungrouped">;
}

type MutableGroup = { -readonly [key in keyof ChangeGroup]: ChangeGroup[key] } & {
  examples: Pick<CaseChange, "id" | "source">[];
};

export function createChangeGrouper(): ChangeGrouper {
  const listed = new Map(ranks.map((rank) => [rank, [] as CaseChange[]]));
  const groups = new Map(ranks.map((rank) => [rank, new Map<string, MutableGroup>()]));
  const undecidedCases: UndecidedCase[] = [];
  let ungrouped = 0;

  function addToGroup(change: GroupedChange): void {
    const groupsOfRank = groups.get(rankOf(change));
    const newGroup = createGroup(change);
    const key = JSON.stringify(groupKey(change).map(normalizeText));
    const group = groupsOfRank?.get(key) ?? newGroup;
    if (groupsOfRank === undefined || (group === newGroup && groupsOfRank.size >= MAX_LISTED)) {
      ungrouped++;
      return;
    }
    groupsOfRank.set(key, group);
    group.cases++;
    // Where different outcomes changed to the same failure, or the reverse, the group shows the status only.
    if (normalizeText(group.before) !== normalizeText(newGroup.before)) group.before = change.before.statusOnly;
    if (normalizeText(group.after) !== normalizeText(newGroup.after)) group.after = change.after.statusOnly;
    if (group.examples.length < MAX_EXAMPLES) group.examples.push({ id: change.id, source: change.source });
    if (group.response.length === 0) group.response = additionalDifferences(change);
    const warning = differsBeyondWarnings(change) ? change.after.warning || change.before.warning : "";
    if (warning !== "") group.casesWithWarning++;
    group.warning ||= warning;
  }

  return {
    add(change) {
      addToGroup(change);
      const { id, source, kind, fails, known, response } = change;
      const [before, after] = [change.before.text, change.after.text];
      if (kind === "undecided") {
        if (undecidedCases.length < MAX_LISTED) undecidedCases.push({ id, before, after, source });
        return;
      }
      const list = listed.get(rankOf(change)) ?? [];
      if (list.length >= MAX_LISTED) return;
      const optional = { ...(known ? { known } : {}), ...(response.length > 0 ? { response } : {}) } as const;
      list.push({ id, kind, before, after, source, fails, ...optional });
    },
    result: () => ({
      changes: ranks.flatMap((rank) => listed.get(rank) ?? []).slice(0, MAX_LISTED),
      undecidedCases,
      groups: ranks.flatMap((rank) =>
        [...(groups.get(rank)?.values() ?? [])].sort((one, other) => other.cases - one.cases),
      ),
      ungrouped,
    }),
  };
}

function rankOf({ kind, fails, known }: GroupedChange): Rank {
  if (fails && known) return "known";
  return kind === "added" && fails ? "added failing" : kind;
}

/** True where more than the warnings changed. The warnings are then shown in addition to the change. */
const differsBeyondWarnings = ({ before, after }: GroupedChange): boolean =>
  before.withoutWarnings !== after.withoutWarnings;

/** Equal for changes of one group. Of the run that did not fail only the status counts where the other run failed. */
function groupKey(change: GroupedChange): string[] {
  const { kind, before, after } = change;
  // Undecided cases are grouped by the reason in B, whatever the outcome in A.
  if (kind === "undecided") return [kind, after.text];
  if (!differsBeyondWarnings(change)) return [kind, before.text, after.text];
  return [
    kind,
    after.failing ? before.statusOnly : before.withoutWarnings,
    before.failing ? after.statusOnly : after.withoutWarnings,
  ];
}

function createGroup(change: GroupedChange): MutableGroup {
  const { kind, fails, known, before, after } = change;
  const texts = differsBeyondWarnings(change)
    ? { before: before.withoutWarnings, after: after.withoutWarnings }
    : { before: before.text, after: after.text };
  return { kind, fails, known, ...texts, cases: 0, casesWithWarning: 0, warning: "", examples: [], response: [] };
}

/** The differences of the responses, unless they are already the description of the change. */
const additionalDifferences = ({ before, response }: GroupedChange): GroupedChange["response"] =>
  before.text.startsWith("response: ") ? [] : response;

/** Removes list indices from a failure, and words with digits, such as ids, from the reason of a case without a verdict. */
const normalizeText = (text: string): string =>
  /^(?:indeterminate|errored|skipped|unimplemented):/.test(text)
    ? text.replace(/\S*\d\S*/g, "#")
    : text.replace(/\/\d+(?=[/ :;]|$)/g, "/*");
