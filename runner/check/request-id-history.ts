/** The request ids of the latest responses, for the check that each response has another one. */
import { createHash } from "node:crypto";

export interface RequestIdHistory {
  /** False where the id is already in the history. */
  add(id: string): boolean;
}

/** Longest id that is stored, in UTF-16 units; no documented id is longer. Of a longer one the digest is stored, to limit memory. */
const MAX_STORED_ID_UNITS = 128;

const storedForm = (id: string): string =>
  id.length <= MAX_STORED_ID_UNITS ? id : createHash("sha256").update(id).digest("base64");

/** `capacity`: the number of ids that are kept. */
export function createRequestIdHistory(capacity = 10_000): RequestIdHistory {
  const ids = new Set<string>();
  // A ring of the ids in order of arrival. The oldest member of a Set is slow to find: its iterator skips all deleted members.
  const ring: string[] = [];
  let next = 0;
  return {
    add(requestId) {
      const id = storedForm(requestId);
      if (ids.has(id)) return false;
      const oldest = ring[next];
      if (oldest !== undefined) ids.delete(oldest);
      ids.add(id);
      ring[next] = id;
      next = (next + 1) % capacity;
      return true;
    },
  };
}
