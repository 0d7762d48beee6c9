/** Specs → their disputes: what documents leave at odds, with the readings of which a target can have one. */
import type { ExpectedRefusal, Service, Source, SpecConflict } from "../model/index.ts";

/** What a reading demands of the disputed values. */
export type DisputeOutcome = "success" | ExpectedRefusal;

export interface Dispute {
  /** `ACTION/conflict/PARAMETER/CONSTRAINT`; a further one over the same constraint ends in `-2`. Of an envelope: `ENVELOPE/conflict/…`. */
  readonly id: string;
  readonly description: string;
  readonly source: Source;
  /** By name: the limit, or `accepted` and `refused` for characters. */
  readonly readings: ReadonlyMap<string, DisputeOutcome>;
  /** An envelope has one for each binding. */
  readonly conflicts: readonly SpecConflict[];
}

export function disputesOf(services: Iterable<Service>): Dispute[] {
  const disputes = new Map<string, Dispute>();
  const add = (
    owner: string,
    conflicts: readonly SpecConflict[],
    refusalOf: (constraint: string) => ExpectedRefusal | undefined,
  ) => {
    const counts = new Map<string, number>();
    for (const conflict of conflicts) {
      const { constraint, description, source } = conflict;
      const n = (counts.get(constraint) ?? 0) + 1;
      counts.set(constraint, n);
      const id = `${owner}/${constraint}${n === 1 ? "" : `-${n}`}`;
      const readings = readingsOf(conflict, refusalOf(constraint));
      const others = disputes.get(id)?.conflicts ?? [];
      disputes.set(id, { id, description, source, readings, conflicts: [...others, conflict] });
    }
  };
  for (const { actions, envelope } of services) {
    for (const { id, parameters } of actions.values())
      for (const { name, conflicts, refusals, itemRefusals, places } of parameters) {
        add(`${id}/conflict/${name}`, conflicts, (constraint) =>
          constraint.startsWith("items.")
            ? itemRefusals.get(constraint.slice("items.".length))
            : refusals.get(constraint),
        );
        for (const place of places)
          add(`${id}/conflict/${place.name}`, place.conflicts, (constraint) => place.refusals.get(constraint));
      }
    for (const common of envelope.common.values())
      for (const { name, conflicts, refusals } of common)
        add(`${envelope.name}/conflict/${name}`, conflicts, (constraint) => refusals.get(constraint));
  }
  return [...disputes.values()];
}

/** Without documented codes for the refusal, no case can expect it. */
function readingsOf({ constraint, length, bytes, items, seconds }: SpecConflict, refusal: ExpectedRefusal | undefined) {
  const range = length ?? bytes ?? items ?? seconds;
  const isMinimum = /(?:^|\.)(?:x-)?min/.test(constraint);
  const [accepting, refusing] =
    range === undefined
      ? ["accepted", "refused"]
      : isMinimum
        ? [range[0], range[1] + 1].map(String)
        : [range[1], range[0] - 1].map(String);
  const readings = new Map<string, DisputeOutcome>([[accepting ?? "", "success"]]);
  if (refusal && refusal.codes.length > 0) readings.set(refusing ?? "", { ...refusal, level: "must" });
  return readings;
}

/** The readings that a target names → by conflict, what they demand. Unknown names were reported by `lint`. */
export function settledBy(
  services: Iterable<Service>,
  readings: Readonly<Record<string, string>>,
): ReadonlyMap<SpecConflict, DisputeOutcome> {
  const settled = new Map<SpecConflict, DisputeOutcome>();
  if (Object.keys(readings).length === 0) return settled;
  for (const { id, conflicts, readings: outcomes } of disputesOf(services)) {
    const outcome = outcomes.get(readings[id] ?? "");
    if (outcome !== undefined) for (const conflict of conflicts) settled.set(conflict, outcome);
  }
  return settled;
}
