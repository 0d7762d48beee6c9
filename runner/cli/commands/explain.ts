/** `assay explain`: shows one case or rule: its source, an example request as curl, the accepted error codes. */
import { join } from "node:path";
import type { Command } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { formatExchange } from "../../../reports/text/exchange.ts";
import { describeFinding, formatSource } from "../../../reports/text/sentences.ts";
import { plural } from "../../../reports/text/visible-text.ts";
import type { Case, RecordedExchange, ResourceState, Rule, Target } from "../../model/index.ts";
import { serviceTargetOf } from "../../run/send/endpoint.ts";
import type { Specs } from "../../spec/load.ts";
import { didYouMean } from "../../spec/problem.ts";
import { gatewayRules, rulesOf } from "../../spec/rules.ts";
import { UsageError } from "../errors.ts";
import { exampleCurl } from "../example-request.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { cliCommand } from "../rerun-command.ts";
import { selectCases } from "../select-cases.ts";
import { formatOption, printJson } from "../shared-options.ts";
import type { TargetOptions } from "../target/connect.ts";
import { openSessionOn } from "../target/open-session.ts";
import { readTarget } from "../target/target-file.ts";

export function explainCommand(program: Command): void {
  program
    .command("explain")
    .description(
      "show one case or rule: its source in the documentation, an example request as curl, the accepted error codes",
    )
    .argument("<id>", "id of a case or a rule")
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option(
      "--send",
      "create the required resources, send the case and delete them; print the judged call, the calls before it and those that verify it",
    )
    .option("--all-calls", "with --send: print every call, also those of set-up, control and clean-up")
    .option(
      "--target <file>",
      "target file, or the name of one: the case as this target is judged, with the disputes that it settles; --send sends to it, by default to the embedded emulator",
    )
    .option(
      "--endpoint <url>",
      "with --send: send the requests to this address, signed with the emulator's public test keys",
    )
    .addOption(formatOption())
    .action(async (id: string, options: ExplainOptions) => {
      for (const [name, value] of [
        ["--endpoint", options.endpoint],
        ["--all-calls", options.allCalls],
      ] as const)
        if (value && !options.send) throw new UsageError(`${name} requires --send`);
      const specs = loadValidSpecs(options.specs);
      const actions = [...specs.actions.values()];
      const rule = actions.flatMap((a) => [...rulesOf(a), ...gatewayRules(a)]).find((r) => r.id === id);
      if (rule && options.send) throw new UsageError(`${id} is a rule; --send takes the id of a case`);
      const target = options.target === undefined ? undefined : readTarget(options.target, null, specs);
      const explainedCase = rule ? undefined : findCase(specs, id, target);
      const facts = explainedCase ? caseFacts(explainedCase) : ruleFacts(rule as Rule);
      if (explainedCase && options.send) {
        const send = () => sendCase(explainedCase, specs, options, facts);
        return options.format === "json" ? send() : withCommandsStopped(send);
      }
      if (options.format === "json") return printJson(facts);
      print(facts);
    });
}

interface ExplainOptions extends TargetOptions {
  readonly specs?: string;
  readonly send?: boolean;
  readonly allCalls?: boolean;
  readonly format: string;
}

/** Folder of the ledger, which exists while the case has resources on the target. */
const OUTPUT_FOLDER = join("reports", "out");

function print(facts: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(facts)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    process.stdout.write(text.includes("\n") ? `${name}:\n${text}\n` : `${name}: ${text}\n`);
  }
}

async function sendCase(c: Case, specs: Specs, options: ExplainOptions, facts: Record<string, unknown>): Promise<void> {
  const interrupts = handleInterrupts(OUTPUT_FOLDER);
  const calls: RecordedExchange[] = [];
  const { session, embedded, close } = await openSessionOn({
    ...options,
    specs,
    specsDir: options.specs,
    seed: 1,
    recordAll: true,
    out: OUTPUT_FOLDER,
    interrupted: interrupts.interrupted,
    ...(options.allCalls ? { onExchange: (exchange) => calls.push(exchange) } : {}),
  });
  try {
    const { verdict } = await session.evaluate(c, 0);
    const leftovers = await session.cleanUp();
    process.exitCode = { passed: 0, observed: 0, known: 0, failed: 1, errored: 4 }[verdict.status as string] ?? 3;
    if (options.format === "json")
      return printJson({ ...facts, verdict, leftovers, ...(options.allCalls ? { calls } : {}) });
    const { request: _, ...factsWithoutExample } = facts;
    print(factsWithoutExample);
    for (const exchange of options.allCalls ? calls : verdict.exchanges)
      process.stdout.write(`\n${formatExchange(exchange)}\n`);
    process.stdout.write(
      `\n${verdict.status}: received ${verdict.actual || "no response"}${verdict.reason ? `; ${verdict.reason}` : ""}\n`,
    );
    for (const finding of verdict.findings) process.stdout.write(`${describeFinding(finding)}\n`);
    if (leftovers > 0 && !embedded)
      process.stdout.write(
        `${plural(leftovers, "resource")} may be left on the target; to delete leftovers: ${cliCommand("sweep")} --out ${OUTPUT_FOLDER}\n`,
      );
    if (interrupts.interrupted()) process.exitCode = 130;
  } finally {
    interrupts.done();
    await close();
  }
}

function findCase(specs: Specs, id: string, target: Target | undefined): Case {
  const ids: string[] = [];
  for (const c of selectCases(specs, { depth: "exhaustive" }, target)) {
    if (c.id === id) return c;
    if (id.startsWith(`${c.action.id}/`)) ids.push(c.id);
  }
  if (target && [...specs.actions.keys()].some((a) => id.startsWith(`${a}/`) && !serviceTargetOf(target, a)))
    throw new UsageError(`the target ${target.name} has no endpoint for the action of ${id}`);
  throw new UsageError(
    `no case or rule has the id ${id}${didYouMean(id, ids)}; \`assay list cases\` and \`assay list rules\` list the ids`,
  );
}

const ruleFacts = (r: Rule): Record<string, unknown> => ({
  rule: r.id,
  path: r.path,
  breach: r.breach,
  value: r.value,
  level: r.level,
  codes: typeof r.codes === "string" ? r.codes : [...r.codes],
  source: formatSource(r.source),
});

/** What set-up creates for a parameter, such as `another note, created with {"Labels":["beta"]}`. */
function stateText({ kind, resource, isList, count, createMembers }: ResourceState): string {
  const words = kind === "existing" ? resource : `${kind} ${resource}`;
  const text = isList ? `list of ${count} ${words}` : words;
  return Object.keys(createMembers).length > 0 ? `${text}, created with ${JSON.stringify(createMembers)}` : text;
}

function caseFacts(c: Case): Record<string, unknown> {
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  const expected = c.expect.outcome === "refused" ? `refused with ${c.expect.codes.join(" or ")}` : c.expect.outcome;
  return {
    case: c.id,
    title: c.title,
    level: c.level,
    expected,
    ...(c.rationale === undefined ? {} : { reason: c.rationale }),
    ...(c.rule === null ? {} : { rule: c.rule }),
    source: formatSource(c.source),
    ...(c.situation ? { situation: c.situation.name } : {}),
    ...(states.size > 0 ? { states: Object.fromEntries([...states].map(([name, s]) => [name, stateText(s)])) } : {}),
    ...(c.edit?.op === "request" ? { requestMutation: c.edit.mutation } : {}),
    request: exampleCurl(c),
  };
}
