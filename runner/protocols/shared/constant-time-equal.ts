/** Two texts → whether they are equal, in time that tells nothing about where they differ. */
import { timingSafeEqual } from "node:crypto";

/** The length is no secret: every signature of a protocol has the same. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
