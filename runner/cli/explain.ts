/** assay explain: one case or rule, its place in the document, its request as curl, the accepted codes. */
import type { Command } from "commander";
import { bind, presets } from "../cases/bind.ts";
import { plan } from "../cases/plan.ts";
import { credentials } from "../emulator/keys.ts";
import type { Case, Credentials, Json, Members, Rule, Signing, Source } from "../model.ts";
import { protocolOf } from "../protocols/index.ts";
import { shaped, unknownId } from "../resources/calls.ts";
import { suggest } from "../spec/problem.ts";
import { rulesOf } from "../spec/rules.ts";
import { curl } from "../wire/curl.ts";
import { format, printJson } from "./options.ts";
import { flat } from "./planned.ts";
import { specsFrom } from "./specs.ts";
import { UsageError } from "./usage.ts";

export function explainCommand(program: Command): void {
  program
    .command("explain")
    .description("one case or rule: its place in the document, the request as curl, the accepted codes")
    .argument("<id>", "id of a case or a rule")
    .option("--specs <dir>", "specs instead of the built-in ones")
    .addOption(format())
    .action((id: string, options: { specs?: string; format: string }) => {
      const specs = specsFrom(options.specs);
      const actions = [...specs.actions.values()];
      const rule = actions.flatMap(rulesOf).find((r) => r.id === id);
      const facts = rule ? ruleFacts(rule) : caseFacts(find(actions, id));
      if (options.format === "json") return printJson(facts);
      for (const [name, value] of Object.entries(facts)) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        process.stdout.write(text.includes("\n") ? `${name}:\n${text}\n` : `${name}: ${text}\n`);
      }
    });
}

function find(actions: Parameters<typeof plan>[0]["actions"], id: string): Case {
  const ids: string[] = [];
  for (const c of plan({ actions, depth: "exhaustive", select: [], flat })) {
    if (c.id === id) return c;
    if (c.id.split("/").slice(0, 3).join("/") === id.split("/").slice(0, 3).join("/")) ids.push(c.id);
  }
  throw new UsageError(
    `no case or rule ${id}${suggest(id, ids)}; \`assay list cases\` and \`assay list rules\` show the ids`,
  );
}

const place = (s: Source): string =>
  [
    s.document ?? s.page,
    s.section === undefined ? "" : `section ${s.section}`,
    s.row === undefined ? "" : `row ${s.row}`,
    s.sample === undefined ? "" : `sample ${[s.sample].flat().join(", ")}`,
  ]
    .filter(Boolean)
    .join(", ");

const ruleFacts = (r: Rule): Record<string, Json> => ({
  rule: r.id,
  at: r.at,
  breach: r.breach,
  value: r.value,
  level: r.level,
  codes: typeof r.codes === "string" ? r.codes : [...r.codes],
  source: place(r.source),
});

function caseFacts(c: Case): Record<string, Json> {
  const expected = c.expect.outcome === "refused" ? `refused with ${c.expect.codes.join(" or ")}` : c.expect.outcome;
  return {
    case: c.id,
    says: c.title,
    level: c.level,
    expected,
    ...(c.why === undefined ? {} : { why: c.why }),
    ...(c.rule === null ? {} : { rule: c.rule }),
    source: place(c.source),
    ...(c.situation ? { situation: c.situation.name } : {}),
    request: example(c),
  };
}

/** Ids of resources are made up, secrets are gaps: the line shows the form, `--select` sends the real one. */
function example(c: Case): string {
  const token = "run0id0run0idx0";
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  const values: Members = {};
  for (const [name, state] of states) {
    const p = c.action.parameters.find((q) => q.name === name);
    const resource = c.action.service.resources.get(state.resource);
    if (!p || !resource || state.existence === "new") continue;
    values[name] = shaped(
      state,
      p,
      Array.from({ length: state.count }, (_, i) =>
        bare(unknownId(resource, p, { seed: 1, token: `${token}${i || ""}` })),
      ),
    );
  }
  const preset = presets(c, token, 1);
  const members = bind(c, { seed: 1, token, values, taken: values, fill: () => undefined }, preset);
  const keys: Credentials = credentials[c.action.service.id] ??
    credentials[c.action.service.provider] ?? { id: "ID", key: "KEY" };
  const host = c.action.service.host.replace("{region}", "us-east-1");
  const signing: Signing = { credentials: keys, host, region: "us-east-1", now: Date.now(), nonce: () => 1 };
  const { region: _, ...without } = signing;
  const how = c.action.service.provider === "aws" ? signing : without;
  const call = { action: c.action, binding: c.binding, members };
  const protocol = protocolOf(c.binding);
  const request = protocol.sign(protocol.encode(call, how), call, how);
  return curl(request, `https://${host}`, gapsOf(request, keys));
}

function gapsOf(request: ReturnType<ReturnType<typeof protocolOf>["sign"]>, keys: Credentials): Map<string, string> {
  const gaps = new Map<string, string>();
  const authorization = request.headers.find(([n]) => n.toLowerCase() === "authorization")?.[1];
  if (authorization) gaps.set(authorization, "ASSAY_AUTHORIZATION");
  const text = request.path + (typeof request.body === "string" ? request.body : "");
  for (const [name, gap] of [
    ["usersig", "ASSAY_USERSIG"],
    ["Signature", "ASSAY_SIGNATURE"],
  ] as const) {
    const value = new RegExp(`[?&]${name}=([^&]+)`).exec(`?${text}`)?.[1];
    if (value) gaps.set(value, gap);
  }
  gaps.set(keys.id, "ASSAY_ID");
  return gaps;
}

const bare = (id: Json): Json =>
  typeof id === "object" && id !== null && !Array.isArray(id) ? (Object.values(id)[0] ?? null) : id;
