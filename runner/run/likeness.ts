/** A call over two bindings → whether both had the same outcome. */
import { codePlace } from "../check/places.ts";
import type { Case, Finding } from "../model.ts";
import type { Judged, Judging } from "./judging.ts";

export async function likeness(
  j: Judging,
  c: Case,
  main: string,
  once: (j: Judging, c: Case) => Promise<Judged>,
): Promise<Judged> {
  const first = await once(j, { ...c, binding: main, likewise: null });
  if (!heard(first)) return first;
  const other = await once(j, { ...c, likewise: null });
  if (!heard(other)) return other;
  const exchanges = [...first.exchanges, ...other.exchanges];
  const findings = [...other.findings, ...differences(c, first.seen, other.seen)];
  const failed = findings.some((f) => f.level === "must");
  return { ...other, status: failed ? "failed" : "passed", reason: "", findings, exchanges };
}

const heard = ({ status }: Judged): boolean => status === "passed" || status === "observed" || status === "failed";

/** One accepted and one refused are two services; two codes for one thing are an untidiness. */
function differences(c: Case, first: string, other: string): Finding[] {
  if (first === other) return [];
  const level = (first === "success") === (other === "success") ? "should" : "must";
  return [{ check: "equivalence", level, at: codePlace(c.action), expected: first, actual: other }];
}
