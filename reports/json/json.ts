/** Recording → report.json, for programs: one cause, change, verdict, observation or covered element on each line, streamed. */
import type { Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { runFacts } from "../summary/headline.ts";
import { runRemarks } from "../summary/run-remarks.ts";
import { type RunTally, tallyVerdicts } from "../summary/tally.ts";
import { json } from "../text/visible-text.ts";
import { streamJsonList } from "./stream-list.ts";

function* causesOf({ causes }: RunTally): Generator<object> {
  for (const { status, cases, actions, findings, reason, examples, blockers } of causes) {
    const cause = { status, cases, actions, findings, reason, examples: examples.map((example) => example.id) };
    yield blockers.length === 0
      ? cause
      : { ...cause, blockers: blockers.map(({ action, cases: n }) => ({ action, cases: n })) };
  }
}

function* verdictsOf(recording: Recording): Generator<object> {
  for (const { id, status, level, family, rule, title, source, reason, findings } of recording.verdicts()) {
    const findingFacts = findings.map(({ check, level: weight, location, expected, actual }) => ({
      check,
      level: weight,
      location,
      expected,
      actual,
    }));
    const verdict = { id, status, level, family, rule, reason, findings: findingFacts };
    // Most cases pass without findings; title and source of these are rarely needed.
    yield status === "passed" && findingFacts.length === 0 ? verdict : { ...verdict, title, source };
  }
}

function* elementsOf(recording: Recording): Generator<object> {
  for (const { action, elements } of recording.coverage()) {
    for (const { id, kind, cases, verdicts, exercised, causes, notCoveredReason, notCoveredCause } of elements) {
      yield { id, action, kind, cases, verdicts, exercised, causes, notCoveredReason, notCoveredCause };
    }
  }
}

/**
 * report.schema.json describes the format.
 * Values stay as they were recorded; hidden characters are JSON escapes. Where the footer is missing,
 * `planned`, `interrupted`, `leftovers`, `requests`, `exit` and `durationMs` are null and `runProblems` says that the run broke off.
 * `since` is null where the run was not compared with an earlier one; the changes are in `changes`.
 */
function render(recording: Recording, write: Write): void {
  const tally = tallyVerdicts(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const errors = runRemarks(recording, tally).filter((remark) => remark.kind === "error");
  const head = {
    ...runFacts(recording, tally),
    staleKnownFailures: footer?.staleKnownFailures ?? [],
    runProblems: [...errors.map((remark) => remark.text), ...(footer?.runProblems ?? [])],
    interrupted: footer?.interrupted ?? null,
    leftovers: footer?.leftovers ?? null,
    requests: footer?.requests ?? null,
    exit: footer?.exit ?? null,
    durationMs: footer?.durationMs ?? null,
    since: footer?.since === undefined ? null : since,
    assay: header.assay,
    depth: header.depth,
    select: header.select,
    started: header.started,
    rerun: header.rerun,
  };
  write(`${json(head, 2).slice(0, -"\n}".length)},\n  "causes": `);
  streamJsonList(write, causesOf(tally), "  ");
  write(',\n  "changes": ');
  streamJsonList(
    write,
    changes.map(({ id, kind, before, after }) => ({ id, kind, before, after })),
    "  ",
  );
  write(',\n  "verdicts": ');
  streamJsonList(write, verdictsOf(recording), "  ");
  write(',\n  "observations": ');
  streamJsonList(
    write,
    tally.observations.map(({ action, subject, rule, reason, actual, example }) => ({
      action,
      subject,
      rule,
      reason,
      actual,
      example,
    })),
    "  ",
  );
  write(',\n  "coverage": ');
  streamJsonList(write, elementsOf(recording), "  ");
  write("\n}\n");
}

export const jsonReport: Report = { id: "json", file: "report.json", render };
