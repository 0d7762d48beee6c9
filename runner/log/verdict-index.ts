/** Where the verdicts of a log stand: some numbers for each, so that a long log stays in its file. */

/** One row a verdict; typed arrays, since a log may hold a hundred thousand. `offset` and `length` are in bytes. */
export interface VerdictIndex {
  size: number;
  planIndex: Uint32Array;
  offset: Float64Array;
  length: Uint32Array;
  action: Uint32Array;
}

function grown<T extends Uint32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

/** No places yet. */
export function emptyIndex(): VerdictIndex {
  const room = 1024;
  return {
    size: 0,
    planIndex: new Uint32Array(room),
    offset: new Float64Array(room),
    length: new Uint32Array(room),
    action: new Uint32Array(room),
  };
}

/** Adds a row; `action` is the number of the verdict's action. */
export function addToIndex(places: VerdictIndex, n: number, offset: number, length: number, action: number): void {
  const at = places.size++;
  if (at === places.planIndex.length) {
    const room = at * 2;
    places.planIndex = grown(places.planIndex, new Uint32Array(room));
    places.offset = grown(places.offset, new Float64Array(room));
    places.length = grown(places.length, new Uint32Array(room));
    places.action = grown(places.action, new Uint32Array(room));
  }
  places.planIndex[at] = n;
  places.offset[at] = offset;
  places.length[at] = length;
  places.action[at] = action;
}

/** Rows in plan order: of all verdicts, and by action in the order in which the plan first meets each. */
export interface PlanOrder {
  readonly all: Uint32Array;
  readonly byAction: ReadonlyMap<string, Uint32Array>;
}

/** Sorts places into plan order; `names` are the actions by number. Throws where two verdicts claim one place. */
export function sortByPlan(places: VerdictIndex, names: readonly string[]): PlanOrder {
  const rows = Uint32Array.from({ length: places.size }, (_, row) => row);
  const n = (row: number): number => places.planIndex[row] ?? 0;
  rows.sort((a, b) => n(a) - n(b));
  const counts = new Uint32Array(names.length);
  const order: number[] = [];
  rows.forEach((row, i) => {
    if (i > 0 && n(rows[i - 1] ?? 0) === n(row)) {
      throw new Error(
        `two verdicts for place ${n(row)} of the plan; the log is damaged or holds two runs, so run again`,
      );
    }
    const action = places.action[row] ?? 0;
    if (counts[action] === 0) order.push(action);
    counts[action] = (counts[action] ?? 0) + 1;
  });
  const byAction = new Map(order.map((action) => [names[action] ?? "", new Uint32Array(counts[action] ?? 0)]));
  const filled = new Uint32Array(names.length);
  for (const row of rows) {
    const action = places.action[row] ?? 0;
    const own = byAction.get(names[action] ?? "");
    if (own !== undefined) own[filled[action] ?? 0] = row;
    filled[action] = (filled[action] ?? 0) + 1;
  }
  return { all: rows, byAction };
}
