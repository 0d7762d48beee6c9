/** The positions of the verdicts in a log: a few numbers for each, so that a long log need not be in memory. */

/** One row per verdict; typed arrays, because a log may have a hundred thousand. `offset` and `length` are in bytes. */
export interface VerdictIndex {
  size: number;
  planIndex: Uint32Array;
  offset: Float64Array;
  length: Uint32Array;
  action: Uint32Array;
}

function copyInto<T extends Uint32Array | Float64Array>(larger: T, rows: T): T {
  larger.set(rows);
  return larger;
}

export function emptyIndex(): VerdictIndex {
  const capacity = 1024;
  return {
    size: 0,
    planIndex: new Uint32Array(capacity),
    offset: new Float64Array(capacity),
    length: new Uint32Array(capacity),
    action: new Uint32Array(capacity),
  };
}

/** Adds a row; `action` is the number of the action. */
export function addToIndex(
  index: VerdictIndex,
  planIndex: number,
  offset: number,
  length: number,
  action: number,
): void {
  const row = index.size++;
  if (row === index.planIndex.length) {
    const capacity = row * 2;
    index.planIndex = copyInto(new Uint32Array(capacity), index.planIndex);
    index.offset = copyInto(new Float64Array(capacity), index.offset);
    index.length = copyInto(new Uint32Array(capacity), index.length);
    index.action = copyInto(new Uint32Array(capacity), index.action);
  }
  index.planIndex[row] = planIndex;
  index.offset[row] = offset;
  index.length[row] = length;
  index.action[row] = action;
}

/** Rows in plan order: of all verdicts, and of each action in the order of the actions' first verdicts. */
export interface PlanOrder {
  readonly all: Uint32Array;
  readonly byAction: ReadonlyMap<string, Uint32Array>;
}

/** Sorts the rows into plan order; `actionNames` are the actions by number. @throws if two verdicts have the same plan index. */
export function sortByPlan(index: VerdictIndex, actionNames: readonly string[]): PlanOrder {
  const rows = Uint32Array.from({ length: index.size }, (_, row) => row);
  const planIndexOf = (row: number): number => index.planIndex[row] ?? 0;
  rows.sort((a, b) => planIndexOf(a) - planIndexOf(b));
  const counts = new Uint32Array(actionNames.length);
  const actionOrder: number[] = [];
  /** Number of sequences of verdicts of one action. */
  let changes = 0;
  rows.forEach((row, i) => {
    if (i > 0 && planIndexOf(rows[i - 1] ?? 0) === planIndexOf(row)) {
      throw new Error(
        `two verdicts have the plan index ${planIndexOf(row)}; the log is damaged or contains two runs, so run again`,
      );
    }
    const action = index.action[row] ?? 0;
    if (i === 0 || index.action[rows[i - 1] ?? 0] !== action) changes++;
    if (counts[action] === 0) actionOrder.push(action);
    counts[action] = (counts[action] ?? 0) + 1;
  });
  const byAction = new Map<string, Uint32Array>();
  const isContiguous = changes === actionOrder.length;
  let start = 0;
  for (const action of actionOrder) {
    const count = counts[action] ?? 0;
    // A plan has the verdicts of an action together, so that no copy is needed.
    const ofAction = isContiguous
      ? rows.subarray(start, start + count)
      : rows.filter((row) => index.action[row] === action);
    byAction.set(actionNames[action] ?? "", ofAction);
    start += count;
  }
  return { all: rows, byAction };
}
