/** Recording → report.html: one file that a person opens, the answer first; it asks nothing of any network. */
import type { Recording } from "../../runner/model/index.ts";
import type { Report, Write } from "../report.ts";
import { type Html, html, toText } from "./page/markup.ts";
import { linkTarget } from "./page/placement.ts";
import { pageEnd, pageStart } from "./page/shell.ts";
import { cases } from "./sections/cases.ts";
import { causes } from "./sections/causes.ts";
import { changes } from "./sections/changes.ts";
import { coverage } from "./sections/coverage.ts";
import { filters } from "./sections/filters.ts";
import { matrixSection } from "./sections/matrix.ts";
import { observations } from "./sections/observations.ts";
import { summarySection, title } from "./sections/summary.ts";
import { timings } from "./sections/timings.ts";
import { collectStatistics, type PageStatistics } from "./statistics.ts";

function render(recording: Recording, write: Write): void {
  const surveyed = collectStatistics(recording);
  const put = (pieces: Iterable<Html>): void => {
    for (const piece of pieces) write(toText(piece));
  };
  write(pageStart(`assay: ${title(recording, surveyed)}`));
  put([
    html`<a class="skip" href="#cases">To the cases</a>
<main>
`,
  ]);
  put([summarySection(recording, surveyed)]);
  put(changes(recording.footer?.since));
  const anchorOf = anchors(recording, surveyed);
  put(causes(recording.header, surveyed, anchorOf));
  put(matrixSection(surveyed));
  put([
    html`<section aria-labelledby="cases">
<h2 id="cases" tabindex="-1">Cases</h2>
`,
    filters(surveyed),
  ]);
  put(cases(recording, surveyed));
  put([
    html`</section>
`,
  ]);
  put(observations(surveyed, anchorOf));
  put(coverage(recording));
  put(timings(surveyed));
  put([
    html`</main>
`,
  ]);
  write(pageEnd());
}

/** Where the cases stand that causes and observations name. */
function anchors(recording: Recording, surveyed: PageStatistics): Map<string, string> {
  const { counted } = surveyed;
  const named = new Set([
    ...counted.causes.flatMap(({ examples }) => examples.map(({ id }) => id)),
    ...counted.observations.map(({ example }) => example),
  ]);
  const found = new Map<string, string>();
  if (named.size === 0) return found;
  for (const verdict of recording.verdicts())
    if (named.has(verdict.id)) found.set(verdict.id, linkTarget(surveyed, verdict));
  return found;
}

export const htmlReport: Report = { id: "html", file: "report.html", render };
