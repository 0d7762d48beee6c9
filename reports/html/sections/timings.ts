/** Times of the judged calls → by action the median, the 95th percentile and a small histogram. */
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

const bars = 24;
const [width, height] = [5, 20];

export function* timings({ times, timesIncludeSetup }: PageStatistics): Generator<Html> {
  const all = [...times.values()].filter(({ length }) => length > 0);
  if (all.length === 0) return;
  // One scale for all, so that rows may be compared; logarithmic, since a few slow ones would flatten the rest.
  const least = Math.max(0.01, Math.min(...all.map((of) => of[0] ?? 0)));
  const most = Math.max(least * 1.01, ...all.map((of) => of.at(-1) ?? 0));
  yield html`<section aria-labelledby="timings">
<h2 id="timings">Timings</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of timings"><table>
<caption>Milliseconds of ${timesIncludeSetup ? "whole cases, set-up included" : "the judged calls"}, as seen from here; histograms from ${rounded(least)} to ${rounded(most)} ms, logarithmic</caption>
<thead><tr><th scope="col">action<th scope="col" class="n">calls<th scope="col" class="n">median<th scope="col" class="n">95 %<th scope="col" class="n">most<th scope="col">histogram</thead>
<tbody>
`;
  for (const [action, of] of times) {
    if (of.length === 0) continue;
    const [median, late, last] = [percentile(of, 0.5), percentile(of, 0.95), of.at(-1) ?? 0].map(rounded);
    yield html`<tr><th scope="row">${action}<td class="n">${of.length}<td class="n">${median ?? ""}<td class="n">${late ?? ""}<td class="n">${last ?? ""}<td>${histogram(action, of, least, most)}
`;
  }
  yield html`</tbody></table></div>
</section>
`;
}

/** Of sorted values. */
const percentile = (of: Float64Array, share: number): number => of[Math.ceil(of.length * share) - 1] ?? 0;

const rounded = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

function histogram(action: string, of: Float64Array, least: number, most: number): Html {
  const counts = new Array<number>(bars).fill(0);
  for (const ms of of) {
    const at = Math.floor((Math.log(Math.max(ms, least) / least) / Math.log(most / least)) * bars);
    const bar = Math.min(at, bars - 1);
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const highest = Math.max(...counts);
  const path = counts
    .map((count, i) =>
      count === 0
        ? ""
        : `M${i * width} ${height}v-${Math.max(1, Math.round((count / highest) * height))}h${width - 1}V${height}z`,
    )
    .join("");
  return html`<svg role="img" aria-label="histogram of ${action}" width="${bars * width}" height="${height}" viewBox="0 0 ${bars * width} ${height}"><path fill="currentColor" d="${path}"/></svg>`;
}
