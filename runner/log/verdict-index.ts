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
  const rows = rowsInPlanOrder(index);
  const counts = new Uint32Array(actionNames.length);
  const actionOrder: number[] = [];
  /** Number of sequences of verdicts of one action. */
  let changes = 0;
  rows.forEach((row, i) => {
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

/** A log that lacks more than this many verdicts for each that it has would need more memory than a sort. */
const MAX_GAPS = 8;

/** Puts each row in the place of its plan index: a sort with a comparison would need four times the memory. */
function rowsInPlanOrder({ size, planIndex }: VerdictIndex): Uint32Array {
  let places = 0;
  for (let row = 0; row < size; row++) places = Math.max(places, (planIndex[row] ?? 0) + 1);
  return places > size * (MAX_GAPS + 1) ? sortedRows(size, planIndex) : placedRows(size, planIndex, places);
}

function placedRows(size: number, planIndex: Uint32Array, places: number): Uint32Array {
  /** Row number plus one; 0 where the log has no verdict. */
  const byPlace = new Uint32Array(places);
  for (let row = 0; row < size; row++) {
    const place = planIndex[row] ?? 0;
    if (byPlace[place] !== 0) throw duplicate(place);
    byPlace[place] = row + 1;
  }
  let next = 0;
  for (const row of byPlace) if (row !== 0) byPlace[next++] = row - 1;
  return byPlace.subarray(0, size);
}

function sortedRows(size: number, planIndex: Uint32Array): Uint32Array {
  const placeOf = (row: number | undefined): number => planIndex[row ?? 0] ?? 0;
  const rows = Uint32Array.from({ length: size }, (_, row) => row).sort((a, b) => placeOf(a) - placeOf(b));
  for (let i = 1; i < size; i++) if (placeOf(rows[i - 1]) === placeOf(rows[i])) throw duplicate(placeOf(rows[i]));
  return rows;
}

const duplicate = (planIndex: number): Error =>
  new Error(`two verdicts have the plan index ${planIndex}; the log is damaged or contains two runs, so run again`);
