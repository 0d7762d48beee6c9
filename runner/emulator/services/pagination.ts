/** A list, a token and a size → one page, and the token of the next. */

export interface Sequenced {
  /** Grows with each entry that is made. */
  readonly n: number;
}

export interface ListPage<T> {
  readonly shown: T[];
  /** Undefined where the list ends here. */
  readonly next: string | undefined;
}

/**
 * A token names the last entry shown, so that deleting others meanwhile makes no page skip one.
 * Undefined where the token is none of ours.
 */
export function paginate<T extends Sequenced>(
  all: readonly T[],
  token: string,
  size: number,
  offset = 0,
): ListPage<T> | undefined {
  const last = /^after-(-?\d+)-(up|down)$/.exec(token);
  if (token !== "" && !last) return undefined;
  const n = Number(last?.[1]);
  const rest = last ? all.filter((e) => (last[2] === "up" ? e.n > n : e.n < n)) : all.slice(Math.max(0, offset));
  const shown = rest.slice(0, size);
  const end = shown.at(-1);
  const way = shown.length > 1 && (shown[0]?.n ?? 0) > (end?.n ?? 0) ? "down" : (last?.[2] ?? "up");
  return { shown, next: end && rest.length > size ? `after-${end.n}-${way}` : undefined };
}
