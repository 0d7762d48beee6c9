/** The request ids of the last answers. */

export interface SeenIds {
  /** False where the id was there already. */
  add(id: string): boolean;
}

export function seenIds(most = 10_000): SeenIds {
  const ids = new Set<string>();
  // The oldest is looked up here: to ask a Set for its first costs a walk over all that were deleted before it.
  const ring: string[] = [];
  let next = 0;
  return {
    add(id) {
      if (ids.has(id)) return false;
      const oldest = ring[next];
      if (oldest !== undefined) ids.delete(oldest);
      ids.add(id);
      ring[next] = id;
      next = (next + 1) % most;
      return true;
    },
  };
}
