/** An accepted call → whether the target did what it said, by the probe that the spec names. */
import type { Case, Finding } from "../model.ts";
import type { Lease } from "../resources/lease.ts";
import type { Leases } from "../resources/leases.ts";
import { probeUntil } from "../resources/probe.ts";

export interface Effect {
  readonly findings: readonly Finding[];
  /** Why the effect could not be looked at; empty where it could. */
  readonly unclear: string;
}

const none: Effect = { findings: [], unclear: "" };

/** Every accepted call of the main binding is proved; of the others, one each: bindings share what stands behind them. */
export function provable(c: Case): boolean {
  if (c.expect.outcome !== "success" || effectOf(c) === undefined) return false;
  return c.binding === c.action.service.bindings[0] || (c.family === "valid" && c.id.includes("/valid/call/minimal@"));
}

const effectOf = (c: Case): string | undefined => (c.situation?.effects ?? c.action.effects).success;

/** `touched`: what the call made, or what it was to change. */
export async function effectFindings(leases: Leases, c: Case, touched: readonly Lease[]): Promise<Effect> {
  const name = effectOf(c);
  if (name === undefined) return none;
  const findings: Finding[] = [];
  for (const lease of touched) {
    const probe = lease.resource.probes.get(name);
    if (!probe) continue;
    const seen = await probeUntil(leases.builder, lease, probe);
    if (seen.kind === "unclear")
      return { findings, unclear: `the effect "${name}" could not be looked at: ${probe.call}: ${seen.why}` };
    if (seen.kind === "fails") {
      findings.push({
        check: "effect",
        level: "must",
        at: probe.call,
        expected: `${lease.resource.name}: ${name}`,
        actual: seen.seen,
      });
    }
  }
  return { findings, unclear: "" };
}
