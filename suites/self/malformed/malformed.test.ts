/** Every way to get every key of every file wrong: exit 2, the file, the line, what was expected; never a stack trace, and nothing sent. */
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { type Malformed, malformed } from "./generate.ts";
import { handwrittenFiles } from "./handwritten.ts";
import { type CliOutcome, type CliTrial, createCliTrial } from "./run-cli.ts";
import { samples } from "./valid-samples.ts";
import { put, written } from "./yaml-with-positions.ts";

const kinds: readonly FileKind[] = ["action", "service", "envelope", "target", "known"];
const counts: Record<string, number> = {};
let trial: CliTrial;

beforeAll(async () => {
  process.env["ASSAY_MALFORMED_ID"] = "id";
  process.env["ASSAY_MALFORMED_KEY"] = "key";
  trial = await createCliTrial();
});
afterAll(async () => {
  await trial.close();
  console.table(counts);
});

/** What is wrong with how a command told of a file, in words; empty where nothing is. */
function faultsOf({ code, said }: CliOutcome, file: string, lines: readonly number[], word: string): string[] {
  const told = said.split("\n").filter((l) => l !== "");
  const mine = told.filter((l) => l.startsWith(`${file}:`));
  const places = mine.map((l) => /^:(\d+):(\d+): \S/.exec(l.slice(file.length)));
  const there = mine.filter((_, i) => lines.includes(Number(places[i]?.[1])));
  return [
    ...(code === 2 ? [] : [`exit ${code}`]),
    ...(there.length > 0 ? [] : [`no line ${lines.join(" or ")}`]),
    ...(there.some((l) => l.slice(file.length).includes(word)) ? [] : [`no word of ${word}`]),
    ...(mine.length === told.length ? [] : ["another file is blamed as well"]),
    ...(places.every((p) => p) ? [] : ["a line without a place"]),
    ...(/hunter2|Gu5t9xGARNpq/.test(said) ? ["the words of a secret"] : []),
    ...(/^ {4}at |assay failed|\[object Object\]|undefined|NaN/m.test(said) ? ["the words of a crash"] : []),
  ];
}

/** `both`: a run has to refuse it as well. */
async function failures(kind: FileKind, { text, line, word, near, name }: Malformed, both: boolean): Promise<string[]> {
  const file = trial.fileOf(kind);
  trial.spoil(file, text);
  const outcomes = [await trial.lint(kind), ...(both ? [await trial.run(kind)] : [])];
  trial.mend(file);
  const faults = outcomes.flatMap((outcome) => faultsOf(outcome, file, [line], word));
  const said = [...new Set(outcomes.map((outcome) => outcome.said))].join("");
  if (near !== undefined && !new RegExp(`did you mean.* ${near}\\b`).test(said)) faults.push(`no hint of ${near}`);
  return faults.length > 0 ? [`${name}: ${[...new Set(faults)].join(", ")}\n${said}`] : [];
}

test("before they are spoiled, the files are sound: a run of them sends, and leaves its traces", {
  timeout: 180_000,
}, async () => {
  for (const kind of kinds) {
    const [lint, run] = [await trial.lint(kind), await trial.run(kind)];
    expect(lint).toEqual({
      code: 0,
      said: "3 actions and 1 other files checked: no problems\n".replace(
        "1",
        kind === "target" || kind === "known" ? "1" : "0",
      ),
    });
    expect(run.code, kind).not.toBe(2);
    expect(trial.traces(), kind).toHaveLength(2);
    trial.forget();
  }
});

describe.each(kinds)("%s", (kind) => {
  const { files, keys, spoiled } = malformed(kind);
  const groups = new Map<string, Malformed[]>();
  for (const one of files) {
    const key = /^([\w-]+)(?! unknown)/.exec(one.name)?.[1] ?? "the file";
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }

  test("no key is left out", () => {
    expect([...keys].filter(([key]) => !spoiled.has(key)).map(([, path]) => path)).toEqual([]);
  });

  test.each([...groups])("%s", async (_, group) => {
    const found: string[] = [];
    // One fault of each key is shown to `run` too: it reads its files the way that `lint` does.
    const words = new Set<string>();
    for (const one of group) {
      found.push(...(await failures(kind, one, !words.has(one.word))));
      words.add(one.word);
    }
    counts[kind] = (counts[kind] ?? 0) + group.length;
    expect(found.slice(0, 5)).toEqual([]);
    expect(trial.traces()).toEqual([]);
  });
});

describe("by hand", () => {
  test.each(handwrittenFiles.map((one) => [`${one.kind}: ${one.name}`, one] as const))("%s", async (_, one) => {
    const { kind, text, lines, word, only } = one;
    const file = trial.fileOf(kind);
    trial.spoil(file, text);
    const outcomes = { lint: await trial.lint(kind), run: await trial.run(kind) };
    trial.mend(file);
    counts["by hand"] = (counts["by hand"] ?? 0) + 1;
    for (const command of only ? [only] : (["lint", "run"] as const))
      expect([command, faultsOf(outcomes[command], file, lines, word), outcomes[command].said]).toEqual([
        command,
        [],
        expect.anything(),
      ]);
    if (only !== "lint") expect(trial.traces()).toEqual([]);
    trial.forget();
  });
});

describe("the folder", () => {
  const place = (name: string) => join(trial.dir, name);

  test("no service.yaml: the folder is named", async () => {
    trial.spoil(trial.fileOf("service"), undefined);
    const told = [await trial.lint("service"), await trial.run("service")];
    trial.mend(trial.fileOf("service"));
    for (const one of told) expect(faultsOf(one, place("demo/box"), [1], "service.yaml")).toEqual([]);
  });

  test("two files of one action, and one that nobody would read", async () => {
    trial.spoil(place("demo/box/LookAgain.yaml"), readFileSync(place("demo/box/LookBox.yaml")));
    const twice = await trial.lint("action");
    trial.mend(place("demo/box/LookAgain.yaml"));
    expect(faultsOf(twice, place("demo/box/LookAgain.yaml"), [1], "LookBox")).toEqual([]);
    trial.spoil(place("demo/box/LookAgain.yml"), "action: LookAgain\n");
    const passed = await trial.lint("action");
    trial.mend(place("demo/box/LookAgain.yml"));
    expect(faultsOf(passed, place("demo/box/LookAgain.yml"), [1], "LookAgain.yaml")).toEqual([]);
  });

  test("an envelope and a binding that nothing here can speak", async () => {
    trial.spoil(trial.fileOf("service"), written(put(samples.service, ["bindings"], ["tc3-post", "tc9-post"])).text);
    const common = put(samples.envelope, ["bindings", "tc9-post"], { extends: "tc3-post" });
    trial.spoil(trial.fileOf("envelope"), written(common).text);
    const told = [await trial.lint("service"), await trial.run("service")];
    trial.mend(trial.fileOf("service"));
    trial.mend(trial.fileOf("envelope"));
    for (const one of told) expect(faultsOf(one, trial.fileOf("service"), [11], "tc9-post")).toEqual([]);
  });

  test.each(["nowhere", "demo/box/service.yaml", "demo/box"])("specs in %s", async (name) => {
    for (const command of ["lint", "run"])
      expect(faultsOf(await trial.command(command, "--specs", place(name)), place(name), [1], "")).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0).each(kinds)("a file of %s that may not be read", async (kind) => {
    chmodSync(trial.fileOf(kind), 0);
    const told = [await trial.lint(kind), await trial.run(kind)];
    trial.mend(trial.fileOf(kind));
    for (const one of told) expect(faultsOf(one, trial.fileOf(kind), [1], "read")).toEqual([]);
  });

  test.each(kinds)("what YAML allows, a file of %s may hold: a byte order mark, anchors, comments", async (kind) => {
    const whole = readFileSync(trial.fileOf(kind), "utf8");
    trial.spoil(
      trial.fileOf(kind),
      `\ufeff# a comment\n--- # and another\n${whole.replace('"demo', '&name "demo')}...\n`,
    );
    const told = await trial.lint(kind);
    trial.mend(trial.fileOf(kind));
    expect(told.code, told.said).toBe(0);
  });
});
