/** assay run: judges a target, writes the log and the reports, and says how it went. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { selector } from "../cases/select.ts";
import { knownList } from "../check/known.ts";
import { type Emulator, startEmulator } from "../emulator/server.ts";
import type { Case, Header, Service, Target } from "../model.ts";
import { fileLedger } from "../resources/ledger.ts";
import { fileLog } from "../run/log.ts";
import { run } from "../run/run.ts";
import { undiciTransport } from "../transport/undici.ts";
import { interruption } from "./interruption.ts";
import { readKnown } from "./known.ts";
import { type SelectionOptions, selection, whole } from "./options.ts";
import { planned } from "./planned.ts";
import { progress } from "./progress.ts";
import { renderAll, renderConsole } from "./render.ts";
import { rerunCommand } from "./rerun.ts";
import { newNonce, newRun } from "./session.ts";
import { specsFrom } from "./specs.ts";
import { emulatorTarget, readTarget } from "./target.ts";
import { UsageError } from "./usage.ts";
import { version } from "./version.ts";

export interface RunOptions extends SelectionOptions {
  target?: string;
  endpoint?: string;
  seed: number;
  lanes: number;
  out: string;
  known?: string;
  strict?: boolean;
  record?: "all";
}

export function runCommand(program: Command): void {
  selection(program.command("run").description("judge a target; without one, the embedded emulator"))
    .option("--target <file>", "a target file, or the name of one in ./targets or built in")
    .option("--endpoint <url>", "every service at this address, with the emulator's public test keys")
    .option("--seed <n>", "seed of the values", whole(0, "a seed"), 1)
    .option("--lanes <n>", "calls in flight at once", whole(1, "a number of lanes"), 8)
    .option("--out <dir>", "where the log and the reports go", "reports/out")
    .option("--known <file>", "known failures of the target")
    .option("--strict", "a finding of level should fails the run")
    .option("--record <what>", "all: keep the exchanges of passed cases too")
    .action(async (options: RunOptions) => {
      process.exitCode = await judgeTarget(options);
    });
}

async function judgeTarget(options: RunOptions): Promise<number> {
  if (options.target && options.endpoint) throw new UsageError("--target and --endpoint exclude one another");
  if (options.record !== undefined && options.record !== "all")
    throw new UsageError(`--record ${options.record}: expected all`);
  const specs = specsFrom(options.specs);
  const cases = planned(specs, options);
  let target: Target | undefined;
  if (options.target) target = readTarget(options.target, process.env);
  else if (options.endpoint) target = emulatorTarget(options.endpoint, options.endpoint);
  const knownFile = options.known ?? target?.known;
  const known = knownList(knownFile ? readKnown(knownFile) : [], (glob) => selector([glob]));
  let embedded: Emulator | undefined;
  if (!target) {
    embedded = await startEmulator({ specs });
    target = emulatorTarget(embedded.url);
  } else if (options.endpoint) {
    process.stderr.write(
      `${options.endpoint}: signing with the emulator's public test keys, and using its given resources\n`,
    );
  }
  mkdirSync(options.out, { recursive: true });
  const id = newRun();
  const started = new Date().toISOString();
  const logFile = join(options.out, "run.ndjson");
  const header: Header = {
    type: "header",
    format: 1,
    assay: version(),
    run: id,
    target: target.name,
    seed: options.seed,
    depth: options.depth,
    select: options.select ?? [],
    started,
    rerun: rerunCommand(options),
  };
  const transport = undiciTransport();
  const ledger = fileLedger(join(options.out, "resources.ndjson"), { run: id, target: target.name, started });
  const log = fileLog(logFile);
  const stop = interruption(options.out);
  const shown = progress(cases);
  try {
    const footer = await run({
      cases: shown.cases,
      services: servicesOf(cases, specs.services.size),
      target,
      run: id,
      seed: options.seed,
      header,
      lanes: options.lanes,
      strict: options.strict ?? false,
      recordAll: options.record === "all",
      known,
      whole: !options.select?.length && !options.readOnly && options.depth !== "quick",
      transport,
      ledger,
      log,
      now: Date.now,
      nonce: newNonce,
      sleep: async (ms) => void (await sleep(ms)),
      interrupted: stop.interrupted,
      onVerdict: shown.onVerdict,
    });
    shown.done();
    log.close();
    renderAll(logFile, options.out);
    renderConsole(logFile);
    process.stdout.write(`\nlog and reports: ${options.out}\n`);
    return footer.exit;
  } finally {
    stop.done();
    ledger.close();
    await transport.close();
    await embedded?.close();
  }
}

/** Only services that have a selected case are asked whether they are there. */
function servicesOf(cases: Iterable<Case>, all: number): Iterable<Service> {
  const services = new Set<Service>();
  for (const c of cases) {
    services.add(c.action.service);
    if (services.size === all) break;
  }
  return services;
}
