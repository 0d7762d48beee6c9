/** The options of `assay sdk` and what the driver is → the header of the log, with the command that repeats a case. */
import { join } from "node:path";
import { shellWord } from "../../http/shell-quote.ts";
import type { Header } from "../../model/index.ts";
import type { DriverHello } from "../../sdk/driver/messages.ts";
import { specsDigest } from "../../spec/digest.ts";
import type { Specs } from "../../spec/load.ts";
import { cliCommand } from "../rerun-command.ts";
import { newRunId } from "../target/open-session.ts";
import { version } from "../version.ts";
import { DEFAULT_SDK_TIMEOUT, type SdkCommandOptions } from "./sdk-options.ts";

export function sdkHeader(options: SdkCommandOptions, specs: Specs, { sdk, version: sdkVersion }: DriverHello): Header {
  return {
    type: "header",
    format: 2,
    assay: version(),
    run: newRunId(),
    target: sdkVersion === "" ? sdk : `${sdk} ${sdkVersion}`,
    seed: options.seed,
    depth: options.depth,
    select: options.select ?? [],
    started: new Date().toISOString(),
    rerun: rerunOf(options),
    specs: specsDigest(specs.dir),
  };
}

function rerunOf({ driver, specs, depth, seed, timeout, out }: SdkCommandOptions): string {
  return [
    cliCommand("sdk"),
    `--driver ${shellWord(driver)}`,
    ...(specs === undefined ? [] : [`--specs ${shellWord(specs)}`]),
    ...(depth === "standard" ? [] : [`--depth ${depth}`]),
    ...(timeout === DEFAULT_SDK_TIMEOUT ? [] : [`--timeout ${timeout}`]),
    `--out ${shellWord(join(out, "rerun"))} --seed ${seed} --select {id} --verbose`,
  ].join(" ");
}
