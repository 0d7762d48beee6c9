/** `assay sdk`: drives an SDK through a driver, judges what it sends and what it makes of the answers, and writes the reports. */
import { type Command, Option } from "commander";
import { startDriverProcess } from "../../sdk/driver/driver-process.ts";
import { gateSdk } from "../sdk/gate-sdk.ts";
import { DEFAULT_SDK_TIMEOUT, type SdkCommandOptions } from "../sdk/sdk-options.ts";
import { addSelectionOptions, integerOption } from "../shared-options.ts";

/** A silent case must not keep a run busy for hours. */
const MAX_TIMEOUT = 60;

export function sdkCommand(program: Command): void {
  addSelectionOptions(
    program
      .command("sdk")
      .description("gate an SDK: drive it through a driver, judge what it sends and what it makes of every answer"),
  )
    .addOption(
      new Option("--driver <command>", "command that starts the driver, see suites/drivers").makeOptionMandatory(),
    )
    .option("--self-test", "only test the driver itself")
    .option("--seed <n>", "seed of the generated values", integerOption(0, "a seed"), 1)
    .option(
      "--timeout <s>",
      "timeout in seconds of a call that the server does not answer completely",
      integerOption(1, "a number of seconds", MAX_TIMEOUT),
      DEFAULT_SDK_TIMEOUT,
    )
    .option("--out <dir>", "folder of the log and the reports", "reports/out")
    .option("--known <file>", "known-failure list of the SDK")
    .option("--since <log>", "run.ndjson of an earlier release: only changes since that run make this run fail")
    .option("--quiet", "print only problems of the run itself, the counts and the path of the reports")
    .option("--verbose", "print each case that did not pass, with its requests and responses")
    .action(async (options: SdkCommandOptions) => {
      process.exitCode = await gateSdk(options, (environment) => startDriverProcess(options.driver, environment));
    });
}
