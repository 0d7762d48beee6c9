/** A CPU profile of V8 → the share of each stage. */
import { stageOf } from "./stages.ts";

/** What is read of a `.cpuprofile` file. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  /** Ids of nodes. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** Node itself, where no function of assay or of a package is on the stack: its event loop and its sockets. */
const NODE = "Node";

/**
 * Stage → share of the time in which the process was not idle, the largest first. A sample counts for the stage of the function
 * that ran, or of its nearest caller that has one.
 */
export function sharesByStage({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const stages = new Map<number, string>();
  // A parent comes before its children.
  for (const { id, callFrame, children = [] } of nodes) {
    const stage = stageOf(callFrame.functionName, callFrame.url) ?? stages.get(id) ?? NODE;
    stages.set(id, stage);
    for (const child of children) stages.set(child, stage);
  }
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const stage = stages.get(id) ?? NODE;
    // A negative difference is a clock correction of V8.
    if (stage !== "idle") times.set(stage, (times.get(stage) ?? 0) + Math.max(0, timeDeltas[index] ?? 0));
  });
  const total = [...times.values()].reduce((a, b) => a + b, 0);
  return new Map(
    [...times].map(([stage, time]): [string, number] => [stage, time / total]).sort((a, b) => b[1] - a[1]),
  );
}
