/** The median of measurements, and the formats of times, rates and sizes. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export interface Duration {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** The medians of CPU and wall time. */
export const medianDuration = (durations: readonly Duration[]): Duration => ({
  cpuSeconds: median(durations.map((d) => d.cpuSeconds)),
  wallSeconds: median(durations.map((d) => d.wallSeconds)),
});

export const formatSeconds = ({ cpuSeconds, wallSeconds }: Duration): string =>
  `${cpuSeconds.toFixed(2)} s CPU, ${wallSeconds.toFixed(2)} s wall`;

export const microsecondsEach = ({ cpuSeconds, wallSeconds }: Duration, count: number): string =>
  `${Math.round((cpuSeconds / count) * 1e6)} µs CPU, ${Math.round((wallSeconds / count) * 1e6)} µs wall`;

export const megabytes = (bytes: number): string =>
  `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;

/** A line of the output: a name and its figures. */
export const row = (name: string, figures: string): string => `${name.padEnd(18)} ${figures}`;
