/** Two texts → whether they are equal, in a time that does not depend on where they differ. */
import { timingSafeEqual } from "node:crypto";

/** Returns early for different lengths: the length is no secret, because all signatures of a protocol have the same. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
