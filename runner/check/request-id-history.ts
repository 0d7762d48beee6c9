/** The request ids of the last answers. */
import { createHash } from "node:crypto";

export interface RequestIdHistory {
  /** False where the id was there already. */
  add(id: string): boolean;
}

/** No documented id is longer. Of one that is, a digest is kept: ten thousand of them would be a memory full. */
const longest = 128;

const kept = (id: string): string => (id.length <= longest ? id : createHash("sha256").update(id).digest("base64"));

export function createRequestIdHistory(most = 10_000): RequestIdHistory {
  const ids = new Set<string>();
  // The oldest is looked up here: to ask a Set for its first costs a walk over all that were deleted before it.
  const ring: string[] = [];
  let next = 0;
  return {
    add(told) {
      const id = kept(told);
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
