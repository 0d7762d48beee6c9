/**
 * The public API `assay/vitest`: planned cases → one vitest test per case. The only file besides tests that imports vitest.
 *
 * @module assay/vitest
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeFinding, formatSource } from "../reports/text/sentences.ts";
import { plan } from "../runner/cases/plan.ts";
import { rerunCommand } from "../runner/cli/rerun-command.ts";
import { openSessionOn } from "../runner/cli/target/open-session.ts";
import { loadLintedSpecs } from "../runner/lint/index.ts";
import type { Depth, Verdict } from "../runner/model/index.ts";
import { protocolOf } from "../runner/protocols/index.ts";
import type { Session } from "../runner/run/session.ts";
import { builtInSpecs } from "../runner/spec/package-root.ts";
import { formatProblem } from "../runner/spec/problem.ts";
import type { Specs } from "../runner/spec/specs.ts";

export { startEmulator } from "../runner/api/emulator.ts";

/** Options of `conformance`; all of them are optional. */
export interface ConformanceOptions {
  /**
   * Origin of one server for all services, such as `http://127.0.0.1:8089`; called with the public test keys and the provided
   * resources of the emulator. A function is called before the first test, so that a `beforeAll` can start the server.
   * Cannot be combined with `target`.
   */
  readonly endpoint?: string | (() => string);
  /** Path or name of a target file. Default: the environment variable `ASSAY_TARGET`, then the embedded emulator. */
  readonly target?: string;
  /** Path of a folder of specs. Default: the built-in specs. */
  readonly specs?: string;
  /** How many cases are planned. Default: `standard`. */
  readonly depth?: Depth;
  /** Integer from which values are generated; the same seed sends the same values. Default: 1. */
  readonly seed?: number;
  /** Snapshot file with the approved case ids, one per line; an extra test fails if the plan differs from it. */
  readonly approved?: URL;
}

const specsByFolder = new Map<string, Specs>();

/**
 * Loads and lints a folder of specs; the result is cached. The default is the built-in folder.
 * @throws an error that lists all problems of the specs, one per line.
 */
export function specsOf(dir = builtInSpecs()): Specs {
  const specs = specsByFolder.get(dir) ?? loadLintedSpecs(dir);
  specsByFolder.set(dir, specs);
  if (specs.problems.length > 0) throw new Error(specs.problems.map(formatProblem).join("\n"));
  return specs;
}

/**
 * Declares one vitest test per case whose id matches a glob: `conformance("tencent/iai/**", { endpoint })`. Observed cases,
 * known failures and cases that the target declares as unsupported are skipped; every other status but `passed` fails the test.
 * @throws if the globs select no case, or the specs have problems.
 */
export function conformance(select: string | readonly string[], options: ConformanceOptions = {}): void {
  const specs = specsOf(options.specs);
  const globs = [select].flat();
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  const cases = [
    ...plan({ actions: specs.actions.values(), depth: options.depth ?? "standard", select: globs, isFlat }),
  ];
  if (cases.length === 0)
    throw new Error(`conformance: no case id matches ${globs.join(" ")}; \`assay list cases\` lists the ids`);
  let session: Session;
  let rerunTemplate = "";
  let close: () => Promise<void>;
  beforeAll(async () => {
    const endpoint = typeof options.endpoint === "function" ? options.endpoint() : options.endpoint;
    const target = options.target ?? process.env["ASSAY_TARGET"];
    const { depth = "standard", seed = 1 } = options;
    rerunTemplate = rerunCommand({ target, endpoint, specs: options.specs, depth, seed });
    ({ session, close } = await openSessionOn({
      specs,
      specsDir: options.specs,
      target,
      endpoint,
      seed: options.seed ?? 1,
      recordAll: false,
    }));
    await session.preflight(new Set(cases.map((c) => c.action.service)));
  });
  afterAll(async () => {
    const leftovers = await session?.cleanUp();
    await close?.();
    expect(leftovers, "resources of this run that could not be deleted").toBe(0);
  });
  if (options.approved) {
    const file = options.approved.pathname;
    test("the approved cases", async () => {
      await expect(`${cases.map((c) => c.id).join("\n")}\n`).toMatchFileSnapshot(file);
    });
  }
  const byAction = groupBy(cases, (c) => c.action.id);
  let nextIndex = 0;
  for (const [action, casesOfAction] of byAction) {
    describe(action, () => {
      for (const c of casesOfAction) {
        const planIndex = nextIndex++;
        test(c.id, async (context) => {
          const { verdict, declaredByTarget } = await session.evaluate(c, planIndex);
          if (verdict.status === "passed") return;
          const message = failureMessage(verdict, rerunTemplate);
          // An unimplemented action is skipped only if the target file declares it; a server that implements nothing must fail.
          if (declaredByTarget || verdict.status === "known" || verdict.status === "observed")
            return context.skip(message);
          expect.fail(message);
        });
      }
    });
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Status and title, reason, actual outcome, findings, source and rerun command, one per line; empty lines are dropped. */
function failureMessage(verdict: Verdict, rerunTemplate: string): string {
  return [
    `${verdict.status}: ${verdict.title}`,
    verdict.reason,
    verdict.actual && `actual: ${verdict.actual}`,
    ...verdict.findings.map(describeFinding),
    `source: ${formatSource(verdict.source)}`,
    `rerun: ${rerunTemplate.replaceAll("{id}", () => verdict.id)}`,
  ]
    .filter(Boolean)
    .join("\n");
}
