/** The public API in this process: specs, plan, run, reports. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, type MockInstance, onTestFinished, test, vi } from "vitest";
import { reports } from "../../../reports/index.ts";
import {
  ProblemsError,
  planCases,
  type Recording,
  type ReportFormat,
  type RunSettings,
  readRun,
  readSpecs,
  renderReport,
  runSpecs,
  startEmulator,
  UsageError,
  type Verdict,
  writeReports,
} from "../../../runner/api/index.ts";

const specs = readSpecs();
const select = "tencent/iai/CreateGroup/**";
const few: RunSettings = { select, depth: "quick" };

const temporaryFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "assay-api-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

const textOfReport = (recording: Recording, format: ReportFormat): string => {
  const chunks: string[] = [];
  renderReport(recording, format, (chunk) => chunks.push(chunk));
  return chunks.join("");
};

const spies: MockInstance[] = [];
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr])
    spies.push(vi.spyOn(stream, "write").mockImplementation(() => true));
});
afterEach(() => {
  const written = spies.splice(0).map((spy) => {
    const texts = spy.mock.calls.map(([text]) => text);
    spy.mockRestore();
    return texts;
  });
  expect(written, "what was written to standard output and standard error").toEqual([[], []]);
});

test.each([
  ["tencent/iai/CreateGroup/**", 600_000, "(?:9 min 5\\d|10 min \\d) s ahead of", "AuthFailure.SignatureExpire"],
  ["tencent/iai/GetGroupList/**", -7_200_000, "(?:1 h 59|2 h 0) min behind", "AuthFailure.SignatureExpire"],
  ["aws/rekognition/ListUsers/**", 86_400_000, "(?:23 h 59|24 h 0) min ahead of", "InvalidSignatureException"],
])(
  "%s with a clock that is %i ms off: the first problem names the clock and by how much, and nothing more is sent",
  async (select, ms, skew, code) => {
    const emulator = await startEmulator();
    try {
      const now = () => Date.now() + ms;
      const { footer, recording } = await runSpecs(specs, { endpoint: emulator.url, select, depth: "quick", now });
      const [service = ""] = /[^/]+\/[^/]+/.exec(select) ?? [];
      const problem = `the clock of this machine \\(\\S+Z\\) is ${skew} the clock of the target \\(\\S+Z, its Date header\\), so ${service} refuses every signature with ${code}; set the clock that is wrong`;
      expect(footer.runProblems[0]).toMatch(new RegExp(`^${problem}$`));
      expect([footer.exit, footer.counts.indeterminate, footer.requests]).toEqual([3, footer.planned, 1]);
      expect([...recording.verdicts()][0]?.reason).toBe(footer.runProblems[0]);
    } finally {
      await emulator.close();
    }
  },
);

describe("plan", () => {
  test("the cases of a selection, again on each iteration, and what they cost", () => {
    const { cases, costs } = planCases(specs, { select });
    const ids = [...cases].map(({ id }) => id);
    expect(ids).toContain("tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post");
    expect([...cases].map(({ id }) => id)).toEqual(ids);
    expect([...costs].map(([action, { cases }]) => [action.id, cases])).toEqual([
      ["tencent/iai/CreateGroup", ids.length],
    ]);
  });

  test("a target without an endpoint for a selected service gives a note", () => {
    const notes: string[] = [];
    planCases(specs, { target: "tencent", select: ["tencent/**", "aws/**"], onWarning: (note) => notes.push(note) });
    expect(notes).toContain("aws/rekognition: skipped, because the target tencent has no endpoint for it");
  });

  test("a glob that matches nothing, and an unknown depth, are refused", () => {
    expect(() => planCases(specs, { select: "nowhere/**" })).toThrow(UsageError);
    expect(() => planCases(specs, { depth: "deep" as "quick" })).toThrow("depth: is deep; expected quick, standard");
  });
});

test("specs with a problem are refused with its place", () => {
  expect(() => readSpecs(temporaryFolder())).toThrow(ProblemsError);
});

describe("run", () => {
  test("against the embedded emulator, without a file: a verdict for each planned case", async () => {
    const verdicts: Verdict[] = [];
    const { footer, recording } = await runSpecs(specs, { ...few, onVerdict: (verdict) => verdicts.push(verdict) });
    const planned = [...planCases(specs, few).cases].map(({ id }) => id);
    expect(footer).toMatchObject({ planned: planned.length, leftovers: 0, exit: 0 });
    expect(verdicts.map(({ id }) => id).sort()).toEqual(planned.toSorted());
    expect([...recording.verdicts()].map(({ id }) => id)).toEqual(planned);
    expect([...recording.coverage()].map(({ action }) => action)).toEqual(["tencent/iai/CreateGroup"]);
  });

  test("seed, clock and id of the run are arguments: the same ones send the same requests", async () => {
    const now = () => Date.UTC(2031, 0, 2);
    const exchanges = async ({ seed }: { seed: number }) => {
      const fixed = { now, nonce: () => 1, runBits: 7n, lanes: 1, recordAll: true };
      const { recording } = await runSpecs(specs, { ...few, ...fixed, seed });
      expect(recording.footer?.counts.failed).toBe(0);
      const requests = [...recording.verdicts()].flatMap((v) => v.exchanges.map(({ request }) => request.body.text));
      return { header: recording.header, requests };
    };
    const first = await exchanges({ seed: 7 });
    expect(first.header).toMatchObject({ run: "0000000000007", seed: 7, started: "2031-01-02T00:00:00.000Z" });
    expect(first.requests.length).toBeGreaterThan(10);
    expect(await exchanges({ seed: 7 })).toEqual(first);
    expect((await exchanges({ seed: 8 })).requests).not.toEqual(first.requests);
  });

  test("against an endpoint with a fault, with an output folder: the log and reports of the command line", async () => {
    const out = temporaryFolder();
    const server = await startEmulator({ specs, faults: ["group-name-one-character-more"] });
    onTestFinished(() => server.close());
    const notes: string[] = [];
    const result = await runSpecs(specs, { ...few, endpoint: server.url, out, onWarning: (note) => notes.push(note) });
    expect(result.footer).toMatchObject({ counts: { failed: 1 }, exit: 1 });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("public test keys");
    expect(readdirSync(out).sort()).toEqual(["resources.ndjson", "run.ndjson"]);
    const recording = readRun(join(out, "run.ndjson"));
    expect([...recording.verdicts()]).toEqual([...result.recording.verdicts()]);
    writeReports(recording, out);
    expect(readFileSync(join(out, "summary.md"), "utf8")).toBe(textOfReport(recording, "markdown"));
    expect(textOfReport(recording, "console")).toContain(`--endpoint ${server.url}`);
    const since = join(out, "run.ndjson");
    const repeated = await runSpecs(specs, { ...few, endpoint: server.url, since, out });
    expect(repeated.footer).toMatchObject({ since: { total: 0 }, exit: 0 });
  });

  test("a target file takes its secrets from the given environment and needs an output folder", async () => {
    const server = await startEmulator({ specs });
    onTestFinished(() => server.close());
    const out = temporaryFolder();
    const target = join(out, "staging.yaml");
    const service = `{ endpoint: '${server.url}', credentials: { id: API_ID, key: API_KEY } }`;
    writeFileSync(target, `services:\n  tencent/iai: ${service}\n`);
    const { id = "", key = "" } = server.credentials["tencent"] ?? {};
    const environment = { API_ID: id, API_KEY: key };
    await expect(runSpecs(specs, { ...few, target, environment })).rejects.toThrow("needs `out`");
    await expect(runSpecs(specs, { ...few, target, environment: {}, out })).rejects.toThrow("API_ID");
    const { footer } = await runSpecs(specs, { ...few, target, environment, out });
    expect(footer).toMatchObject({ exit: 0, counts: { failed: 0 } });
    expect(readFileSync(join(out, "run.ndjson"), "utf8")).not.toContain(key);
  });

  test("an error of onVerdict, and an interruption, end the run after its clean-up", async () => {
    const server = await startEmulator({ specs });
    onTestFinished(() => server.close());
    const groups = () => server.state()["tencent/iai"]?.["groups"];
    const settings = { select: "tencent/iai/CreatePerson/valid/**", endpoint: server.url, lanes: 1 };
    const failing = runSpecs(specs, {
      ...settings,
      onVerdict: () => {
        throw new Error(`${groups()} group`);
      },
    });
    await expect(failing).rejects.toThrow("1 group");
    expect(groups()).toBe(0);
    let verdicts = 0;
    const { footer } = await runSpecs(specs, {
      ...settings,
      onVerdict: () => void verdicts++,
      interrupted: () => verdicts > 0,
    });
    expect(footer).toMatchObject({ interrupted: true, exit: 130, leftovers: 0, counts: { passed: 1 } });
    expect(groups()).toBe(0);
  });

  test.each([
    [{ seed: -1 }, "seed: is -1; expected an integer of at least 0"],
    [{ lanes: 0 }, "lanes: is 0; expected an integer of at least 1"],
    [{ endpoint: "127.0.0.1" }, "expected a URL"],
    [{ endpoint: "http://127.0.0.1:1", target: "tencent" }, "cannot be combined"],
    [{ known: "nowhere.yaml" }, "nowhere.yaml: file not found"],
    [{ since: "nowhere.ndjson" }, "nowhere.ndjson: file not found"],
  ])("%j is a UsageError, and nothing is written", async (settings, message) => {
    const out = join(temporaryFolder(), "out");
    const failed = await runSpecs(specs, { ...few, ...settings, out }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UsageError);
    expect((failed as Error).message).toContain(message);
    expect(existsSync(out)).toBe(false);
  });
});

describe("reports", () => {
  test("the formats are those of the registry", async () => {
    const formats: Record<ReportFormat, true> = {
      junit: true,
      json: true,
      html: true,
      markdown: true,
      console: true,
      har: true,
    };
    expect(Object.keys(formats)).toEqual(reports.map(({ id }) => id));
    const { recording } = await runSpecs(specs, { ...few, recordAll: true });
    for (const { id } of reports) expect(textOfReport(recording, id as ReportFormat).length).toBeGreaterThan(100);
    expect(() => textOfReport(recording, "pdf" as ReportFormat)).toThrow("format: is pdf; expected junit, json");
  });

  test("a log that does not exist is a UsageError", () => {
    expect(() => readRun("nowhere.ndjson")).toThrow(UsageError);
  });
});
