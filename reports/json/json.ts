/** Recording → report.json, for programs: the facts as they are, one cause, change, verdict, observation or covered element a line, streamed. */
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
    const facts = findings.map(({ check, level: weight, at, expected, actual }) => ({
      check,
      level: weight,
      at,
      expected,
      actual,
    }));
    const verdict = { id, status, level, family, rule, reason, findings: facts };
    // Of the many that passed nobody asks why.
    yield status === "passed" && facts.length === 0 ? verdict : { ...verdict, title, source };
  }
}

function* elementsOf(recording: Recording): Generator<object> {
  for (const { action, elements } of recording.coverage()) {
    for (const { id, kind, cases, verdicts, provoked, causes, why } of elements) {
      yield { id, action, kind, cases, verdicts, provoked, causes, why };
    }
  }
}

/**
 * report.schema.json describes what is written here.
 * Values stay as they were recorded: controls and their kin are JSON escapes. Where the footer is missing,
 * `planned`, `interrupted`, `left`, `requests`, `exit` and `ms` are null and `troubles` says that the run broke off.
 * `since` is null where the run was not compared; its changes stand under `changes`.
 */
function render(recording: Recording, write: Write): void {
  const counted = tallyVerdicts(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const unsound = runRemarks(recording, counted).filter((remark) => remark.kind === "error");
  const head = {
    ...runFacts(recording, counted),
    stale: footer?.stale ?? [],
    troubles: [...unsound.map((remark) => remark.text), ...(footer?.troubles ?? [])],
    interrupted: footer?.interrupted ?? null,
    left: footer?.left ?? null,
    requests: footer?.requests ?? null,
    exit: footer?.exit ?? null,
    ms: footer?.ms ?? null,
    since: footer?.since === undefined ? null : since,
    assay: header.assay,
    depth: header.depth,
    select: header.select,
    started: header.started,
    rerun: header.rerun,
  };
  write(`${json(head, 2).slice(0, -"\n}".length)},\n  "causes": `);
  streamJsonList(write, causesOf(counted), "  ");
  write(',\n  "changes": ');
  streamJsonList(
    write,
    changes.map(({ id, kind, was, is }) => ({ id, kind, was, is })),
    "  ",
  );
  write(',\n  "verdicts": ');
  streamJsonList(write, verdictsOf(recording), "  ");
  write(',\n  "observations": ');
  streamJsonList(
    write,
    counted.observations.map(({ at, rule, why, seen, example }) => ({ at, rule, why, seen, example })),
    "  ",
  );
  write(',\n  "coverage": ');
  streamJsonList(write, elementsOf(recording), "  ");
  write("\n}\n");
}

export const jsonReport: Report = { id: "json", file: "report.json", render };
