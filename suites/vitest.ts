/** The engine under vitest: one test per case. The only file, tests apart, that knows both. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeFinding, formatSource } from "../reports/text/sentences.ts";
import { type Depth, plan } from "../runner/cases/plan.ts";
import { rerunCommand } from "../runner/cli/rerun-command.ts";
import { openSessionOn } from "../runner/cli/target/open-session.ts";
import { type EmulatorServer, type ServerOptions, startEmulatorServer as serve } from "../runner/emulator/server.ts";
import { loadLintedSpecs } from "../runner/lint/index.ts";
import type { Verdict } from "../runner/model/index.ts";
import { protocolOf } from "../runner/protocols/index.ts";
import type { Session } from "../runner/run/session.ts";
import type { Specs } from "../runner/spec/load.ts";
import { builtInSpecs } from "../runner/spec/package-root.ts";
import { formatProblem } from "../runner/spec/problem.ts";

export interface ConformanceOptions {
  /** Every service at this address, with the emulator's public test keys and given resources. */
  readonly endpoint?: string | (() => string);
  /** A target file, or the name of one; else `ASSAY_TARGET`, else the embedded emulator. */
  readonly target?: string;
  /** A folder of specs instead of the built-in ones. */
  readonly specs?: string;
  readonly depth?: Depth;
  readonly seed?: number;
  /** A file that holds the approved case ids; a change of the plan shows as its diff. */
  readonly approved?: URL;
}

const read = new Map<string, Specs>();

/** Reads a folder of specs once; what is wrong with it is thrown, all of it. */
export function specsOf(dir = builtInSpecs()): Specs {
  const specs = read.get(dir) ?? loadLintedSpecs(dir);
  read.set(dir, specs);
  if (specs.problems.length > 0) throw new Error(specs.problems.map(formatProblem).join("\n"));
  return specs;
}

/** Serves the reference emulator; the built-in specs where none are given. */
export function startEmulator(options: Partial<ServerOptions> = {}): Promise<EmulatorServer> {
  return serve({ specs: specsOf(), ...options });
}

/** Declares one test for each case that the glob selects: `conformance("tencent/iai/**", { endpoint })`. */
export function conformance(select: string | readonly string[], options: ConformanceOptions = {}): void {
  const specs = specsOf(options.specs);
  const globs = [select].flat();
  const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
  const cases = [...plan({ actions: specs.actions.values(), depth: options.depth ?? "standard", select: globs, isFlat })];
  if (cases.length === 0) throw new Error(`no case is selected by ${globs.join(" ")}`);
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
    const left = await session?.cleanUp();
    await close?.();
    expect(left, "resources that were made and would not go").toBe(0);
  });
  if (options.approved) {
    const file = options.approved.pathname;
    test("the approved cases", async () => {
      await expect(`${cases.map((c) => c.id).join("\n")}\n`).toMatchFileSnapshot(file);
    });
  }
  const byAction = grouped(cases, (c) => c.action.id);
  let n = 0;
  for (const [action, mine] of byAction) {
    describe(action, () => {
      for (const c of mine) {
        const at = n++;
        test(c.id, async (context) => {
          const { verdict, excused } = await session.evaluate(c, at);
          if (verdict.status === "passed") return;
          const words = failureMessage(verdict, rerunTemplate);
          // What the target lacks is passed over only where it said so beforehand: a server without anything is not green.
          if (excused || verdict.status === "known" || verdict.status === "observed") return context.skip(words);
          expect.fail(words);
        });
      }
    });
  }
}

function grouped<T>(of: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of of) {
    const key = by(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

function failureMessage(v: Verdict, rerunTemplate: string): string {
  return [
    `${v.status}: ${v.title}`,
    v.reason,
    `saw ${v.actual}`,
    ...v.findings.map(describeFinding),
    formatSource(v.source),
    rerunTemplate.replaceAll("{id}", () => v.id),
  ]
    .filter(Boolean)
    .join("\n");
}
