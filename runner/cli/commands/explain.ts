/** assay explain: one case or rule, its place in the document, its request as curl, the accepted codes. */
import { join } from "node:path";
import type { Command } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { formatExchange } from "../../../reports/text/exchange.ts";
import { describeFinding, formatSource } from "../../../reports/text/sentences.ts";
import { plan } from "../../cases/plan.ts";
import type { Case, Json, Rule } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { didYouMean } from "../../spec/problem.ts";
import { gatewayRules, rulesOf } from "../../spec/rules.ts";
import { UsageError } from "../errors.ts";
import { exampleCurl } from "../example-request.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { cliCommand } from "../rerun-command.ts";
import { isFlatBinding } from "../select-cases.ts";
import { formatOption, printJson } from "../shared-options.ts";
import type { TargetOptions } from "../target/connect.ts";
import { openSessionOn } from "../target/open-session.ts";

export function explainCommand(program: Command): void {
  program
    .command("explain")
    .description("one case or rule: its place in the document, the request as curl, the accepted codes")
    .argument("<id>", "id of a case or a rule")
    .option("--specs <dir>", "specs instead of the built-in ones")
    .option("--send", "build the state, send the case, print what went over the wire, clean up")
    .option("--target <file>", "with --send: the target; without one, the embedded emulator")
    .option("--endpoint <url>", "with --send: every service at this address")
    .addOption(formatOption())
    .action(async (id: string, options: ExplainOptions) => {
      if (!options.send && (options.target || options.endpoint))
        throw new UsageError("--target and --endpoint go with --send");
      const specs = loadValidSpecs(options.specs);
      const actions = [...specs.actions.values()];
      const rule = actions.flatMap((a) => [...rulesOf(a), ...gatewayRules(a)]).find((r) => r.id === id);
      if (rule && options.send) throw new UsageError(`${id} is a rule; only a case can be sent`);
      const found = rule ? undefined : findCase(actions, id);
      const facts = found ? caseFacts(found) : ruleFacts(rule as Rule);
      if (found && options.send) {
        const sent = () => sendCase(found, specs, options, facts);
        return options.format === "json" ? sent() : withCommandsStopped(sent);
      }
      if (options.format === "json") return printJson(facts);
      print(facts);
    });
}

interface ExplainOptions extends TargetOptions {
  readonly specs?: string;
  readonly send?: boolean;
  readonly format: string;
}

/** Where a ledger stands while something is there to be deleted. */
const out = join("reports", "out");

function print(facts: Record<string, Json>): void {
  for (const [name, value] of Object.entries(facts)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    process.stdout.write(text.includes("\n") ? `${name}:\n${text}\n` : `${name}: ${text}\n`);
  }
}

async function sendCase(c: Case, specs: Specs, options: ExplainOptions, facts: Record<string, Json>): Promise<void> {
  const stop = handleInterrupts(out);
  const opened = await openSessionOn({
    ...options,
    specs,
    specsDir: options.specs,
    seed: 1,
    recordAll: true,
    out,
    interrupted: stop.interrupted,
  });
  try {
    const { verdict } = await opened.session.evaluate(c, 0);
    const left = await opened.session.cleanUp();
    process.exitCode = { passed: 0, observed: 0, known: 0, failed: 1, errored: 4 }[verdict.status as string] ?? 3;
    if (options.format === "json") return printJson({ ...facts, verdict, left });
    const { request: _, ...rest } = facts;
    print(rest);
    for (const exchange of verdict.exchanges) process.stdout.write(`\n${formatExchange(exchange)}\n`);
    process.stdout.write(
      `\n${verdict.status}: saw ${verdict.actual || "no answer"}${verdict.reason ? `; ${verdict.reason}` : ""}\n`,
    );
    for (const finding of verdict.findings) process.stdout.write(`${describeFinding(finding)}\n`);
    if (left > 0 && !opened.embedded)
      process.stdout.write(`${left} may be left on the target: ${cliCommand("sweep")} --out ${out}\n`);
    if (stop.interrupted()) process.exitCode = 130;
  } finally {
    stop.done();
    await opened.close();
  }
}

function findCase(actions: Parameters<typeof plan>[0]["actions"], id: string): Case {
  const ids: string[] = [];
  for (const c of plan({ actions, depth: "exhaustive", select: [], flat: isFlatBinding })) {
    if (c.id === id) return c;
    if (c.id.split("/").slice(0, 3).join("/") === id.split("/").slice(0, 3).join("/")) ids.push(c.id);
  }
  throw new UsageError(
    `no case or rule ${id}${didYouMean(id, ids)}; \`assay list cases\` and \`assay list rules\` show the ids`,
  );
}

const ruleFacts = (r: Rule): Record<string, Json> => ({
  rule: r.id,
  at: r.path,
  breach: r.breach,
  value: r.value,
  level: r.level,
  codes: typeof r.codes === "string" ? r.codes : [...r.codes],
  source: formatSource(r.source),
});

function caseFacts(c: Case): Record<string, Json> {
  const expected = c.expect.outcome === "refused" ? `refused with ${c.expect.codes.join(" or ")}` : c.expect.outcome;
  return {
    case: c.id,
    says: c.title,
    level: c.level,
    expected,
    ...(c.rationale === undefined ? {} : { why: c.rationale }),
    ...(c.rule === null ? {} : { rule: c.rule }),
    source: formatSource(c.source),
    ...(c.situation ? { situation: c.situation.name } : {}),
    ...(c.edit?.op === "request" ? { wire: JSON.stringify(c.edit.mutation) } : {}),
    request: exampleCurl(c),
  };
}
