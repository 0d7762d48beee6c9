/** The request ids of the last answers. */

export interface SeenIds {
  /** False where the id was there already. */
  add(id: string): boolean;
}

export function seenIds(most = 10_000): SeenIds {
  const ids = new Set<string>();
  return {
    add(id) {
      if (ids.has(id)) return false;
      // A Set keeps the order of insertion: its first is the oldest.
      if (ids.size >= most) ids.delete(ids.values().next().value as string);
      ids.add(id);
      return true;
    },
  };
}
