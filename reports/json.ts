/** Recording → report.json, for programs: the facts as they are, one change, verdict, observation or covered element a line, streamed. */
import type { Recording } from "../runner/model.ts";
import { ending } from "./ending.ts";
import type { Report, Write } from "./report.ts";
import { tally } from "./tally.ts";
import { json } from "./text.ts";

/**
 * Values stay as they were recorded: controls and their kin are JSON escapes. Where the footer is missing,
 * `planned`, `interrupted`, `left`, `requests`, `exit` and `ms` are null and `troubles` says that the run broke off.
 * `since` is null where the run was not compared; its changes stand under `changes`.
 */
function render(recording: Recording, write: Write): void {
  const counted = tally(recording);
  const { header, footer } = recording;
  const { changes = [], ...since } = footer?.since ?? {};
  const unsound = ending(recording, counted).filter((remark) => remark.kind === "error");
  const head = {
    target: header.target,
    seed: header.seed,
    run: header.run,
    planned: footer?.planned ?? null,
    counts: counted.counts,
    warnings: counted.warnings,
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
    causes: counted.causes.map(({ status, cases, actions, findings, reason, examples }) => ({
      status,
      cases,
      actions,
      findings,
      reason,
      examples: examples.map((example) => example.id),
    })),
  };
  write(`${json(head, 2).slice(0, -"\n}".length)},\n  "changes": [`);
  let separator = "\n";
  for (const { id, kind, was, is } of changes) {
    write(`${separator}    ${json({ id, kind, was, is })}`);
    separator = ",\n";
  }
  write(`${separator === "\n" ? "" : "\n  "}],\n  "verdicts": [`);
  separator = "\n";
  for (const { id, status, level, reason, findings } of recording.verdicts()) {
    const facts = findings.map(({ check, level: weight, at, expected, actual }) => ({
      check,
      level: weight,
      at,
      expected,
      actual,
    }));
    write(`${separator}    ${json({ id, status, level, reason, findings: facts })}`);
    separator = ",\n";
  }
  write(`${separator === "\n" ? "" : "\n  "}],\n  "observations": [`);
  separator = "\n";
  for (const { at, rule, why, seen, example } of counted.observations) {
    write(`${separator}    ${json({ at, rule, why, seen, example })}`);
    separator = ",\n";
  }
  write(`${separator === "\n" ? "" : "\n  "}],\n  "coverage": [`);
  separator = "\n";
  for (const { action, elements } of recording.coverage()) {
    for (const { id, kind, cases, verdicts, provoked, causes, why } of elements) {
      write(`${separator}    ${json({ id, action, kind, cases, verdicts, provoked, causes, why })}`);
      separator = ",\n";
    }
  }
  write(`${separator === "\n" ? "" : "\n  "}]\n}\n`);
}

export const jsonReport: Report = { id: "json", file: "report.json", render };
