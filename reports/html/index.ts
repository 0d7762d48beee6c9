/** Recording → report.html: one self-contained file for people, with the result first; it loads nothing from a network. */
import type { Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { type Html, html, toText } from "./page/markup.ts";
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
import { collectStatistics } from "./statistics.ts";

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
  writeAll(causesSection(recording.header, statistics));
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
  writeAll(observationsSection(statistics));
  writeAll(coverageSection(recording));
  writeAll(timingsSection(statistics));
  writeAll([
    html`</main>
`,
  ]);
  write(pageEnd());
}

export const htmlReport: Report = { id: "html", file: "report.html", render };
