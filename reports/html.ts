/** Recording → report.html: one file that a person opens, the answer first; it asks nothing of any network. */
import type { Recording } from "../runner/model/index.ts";
import { cases } from "./html/cases.ts";
import { causes } from "./html/causes.ts";
import { coverage } from "./html/coverage.ts";
import { filters } from "./html/filters.ts";
import { type Html, html, written } from "./html/markup.ts";
import { matrix } from "./html/matrix.ts";
import { observations } from "./html/observations.ts";
import { placeOf } from "./html/placing.ts";
import { closing, opening } from "./html/shell.ts";
import { changes } from "./html/since.ts";
import { type Survey, survey } from "./html/survey.ts";
import { timings } from "./html/timings.ts";
import { title, top } from "./html/top.ts";
import type { Report, Write } from "./report.ts";

function render(recording: Recording, write: Write): void {
  const surveyed = survey(recording);
  const put = (pieces: Iterable<Html>): void => {
    for (const piece of pieces) write(written(piece));
  };
  write(opening(`assay: ${title(recording, surveyed)}`));
  put([
    html`<a class="skip" href="#cases">To the cases</a>
<main>
`,
  ]);
  put([top(recording, surveyed)]);
  put(changes(recording.footer?.since));
  const anchorOf = anchors(recording, surveyed);
  put(causes(recording.header, surveyed, anchorOf));
  put(matrix(surveyed));
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
  write(closing());
}

/** Where the cases stand that causes and observations name. */
function anchors(recording: Recording, surveyed: Survey): Map<string, string> {
  const { counted } = surveyed;
  const named = new Set([
    ...counted.causes.flatMap(({ examples }) => examples.map(({ id }) => id)),
    ...counted.observations.map(({ example }) => example),
  ]);
  const found = new Map<string, string>();
  if (named.size === 0) return found;
  for (const verdict of recording.verdicts())
    if (named.has(verdict.id)) found.set(verdict.id, placeOf(surveyed, verdict));
  return found;
}

export const htmlReport: Report = { id: "html", file: "report.html", render };
