/** Times of the judged calls → a table by action: median, 95th percentile, maximum and a small histogram. */
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

const BAR_COUNT = 24;
const [width, height] = [5, 20];

export function* timingsSection({ times, timesIncludeSetup }: PageStatistics): Generator<Html> {
  const timed = [...times.values()].filter(({ length }) => length > 0);
  if (timed.length === 0) return;
  // One scale for all rows, so that they can be compared; logarithmic, because a few slow calls would flatten the others.
  const scaleMin = Math.max(0.01, Math.min(...timed.map((sorted) => sorted[0] ?? 0)));
  const scaleMax = Math.max(scaleMin * 1.01, ...timed.map((sorted) => sorted.at(-1) ?? 0));
  yield html`<section aria-labelledby="timings">
<h2 id="timings">Timings</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of timings"><table>
<caption>Milliseconds of ${timesIncludeSetup ? "whole cases, set-up included" : "the judged calls"}, measured by assay; histograms from ${formatMs(scaleMin)} to ${formatMs(scaleMax)} ms, logarithmic</caption>
<thead><tr><th scope="col">action<th scope="col" class="n">calls<th scope="col" class="n">median<th scope="col" class="n">95th percentile<th scope="col" class="n">maximum<th scope="col">histogram</thead>
<tbody>
`;
  for (const [action, sorted] of times) {
    if (sorted.length === 0) continue;
    const [median, p95, max] = [percentile(sorted, 0.5), percentile(sorted, 0.95), sorted.at(-1) ?? 0].map(formatMs);
    yield html`<tr><th scope="row">${action}<td class="n">${sorted.length}<td class="n">${median ?? ""}<td class="n">${p95 ?? ""}<td class="n">${max ?? ""}<td>${histogram(action, sorted, scaleMin, scaleMax)}
`;
  }
  yield html`</tbody></table></div>
</section>
`;
}

/** `sorted`: ascending. `fraction`: from 0 to 1. */
const percentile = (sorted: Float32Array, fraction: number): number =>
  sorted[Math.ceil(sorted.length * fraction) - 1] ?? 0;

const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

function histogram(action: string, sorted: Float32Array, scaleMin: number, scaleMax: number): Html {
  const counts = new Array<number>(BAR_COUNT).fill(0);
  for (const ms of sorted) {
    const position = Math.floor(
      (Math.log(Math.max(ms, scaleMin) / scaleMin) / Math.log(scaleMax / scaleMin)) * BAR_COUNT,
    );
    const bar = Math.min(position, BAR_COUNT - 1);
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
  return html`<svg role="img" aria-label="histogram of ${action}" width="${BAR_COUNT * width}" height="${height}" viewBox="0 0 ${BAR_COUNT * width} ${height}"><path fill="currentColor" d="${path}"/></svg>`;
}
