/** Recording → report.html: one self-contained file for people, with the result first; it loads nothing from a network. */
import type { Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { type Html, html, toText } from "./page/markup.ts";
import { linkTarget } from "./page/placement.ts";
import { pageEnd, pageStart } from "./page/shell.ts";
import { casesSection } from "./sections/cases.ts";
import { causesSection } from "./sections/causes.ts";
import { changesSection } from "./sections/changes.ts";
import { coverageSection } from "./sections/coverage.ts";
import { filterForm } from "./sections/filters.ts";
import { matrixSection } from "./sections/matrix.ts";
import { observationsSection } from "./sections/observations.ts";
import { pageTitle, summarySection } from "./sections/summary.ts";
import { timingsSection } from "./sections/timings.ts";
import { collectStatistics, type PageStatistics } from "./statistics.ts";

function render(recording: Recording, write: Write): void {
  const statistics = collectStatistics(recording);
  const writeAll = (pieces: Iterable<Html>): void => {
    for (const piece of pieces) write(toText(piece));
  };
  write(pageStart(`assay: ${pageTitle(recording, statistics)}`));
  writeAll([
    html`<a class="skip" href="#cases">Skip to the cases</a>
<main>
`,
  ]);
  writeAll([summarySection(recording, statistics)]);
  writeAll(changesSection(recording.footer?.since));
  const anchorByCase = findAnchors(recording, statistics);
  writeAll(causesSection(recording.header, statistics, anchorByCase));
  writeAll(matrixSection(statistics));
  writeAll([
    html`<section aria-labelledby="cases">
<h2 id="cases" tabindex="-1">Cases</h2>
`,
    filterForm(statistics),
  ]);
  writeAll(casesSection(recording, statistics));
  writeAll([
    html`</section>
`,
  ]);
  writeAll(observationsSection(statistics, anchorByCase));
  writeAll(coverageSection(recording));
  writeAll(timingsSection(statistics));
  writeAll([
    html`</main>
`,
  ]);
  write(pageEnd());
}

/** Fragment ids of the cases that causes and observations link to, by case id. */
function findAnchors(recording: Recording, statistics: PageStatistics): Map<string, string> {
  const { tally } = statistics;
  const linkedIds = new Set([
    ...tally.causes.flatMap(({ examples }) => examples.map(({ id }) => id)),
    ...tally.observations.map(({ example }) => example),
  ]);
  const anchorByCase = new Map<string, string>();
  if (linkedIds.size === 0) return anchorByCase;
  for (const verdict of recording.verdicts())
    if (linkedIds.has(verdict.id)) anchorByCase.set(verdict.id, linkTarget(statistics, verdict));
  return anchorByCase;
}

export const htmlReport: Report = { id: "html", file: "report.html", render };
