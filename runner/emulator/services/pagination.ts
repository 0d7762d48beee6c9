/** A list, a token and a page size → one page, and the token of the next. */

export interface Sequenced {
  /** Grows with each entry that is created. */
  readonly sequence: number;
}

export interface ListPage<T> {
  readonly items: T[];
  /** Undefined on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * A token contains the sequence number of the last item of its page and the direction of the list, so that no item is
 * skipped when entries are deleted between two pages. Undefined where `token` is not such a token.
 */
export function paginate<T extends Sequenced>(
  entries: readonly T[],
  token: string,
  pageSize: number,
  offset = 0,
): ListPage<T> | undefined {
  const match = /^after-(-?\d+)-(up|down)$/.exec(token);
  if (token !== "" && !match) return undefined;
  const after = Number(match?.[1]);
  const rest = match
    ? entries.filter((e) => (match[2] === "up" ? e.sequence > after : e.sequence < after))
    : entries.slice(Math.max(0, offset));
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  const direction =
    items.length > 1 && (items[0]?.sequence ?? 0) > (last?.sequence ?? 0) ? "down" : (match?.[2] ?? "up");
  return { items, nextToken: last && rest.length > pageSize ? `after-${last.sequence}-${direction}` : undefined };
}
