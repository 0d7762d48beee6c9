/** The median of measurements, and the formats of rates and sizes. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export const rate = (perSecond: number): string => `${Math.round(perSecond)} requests/s`;

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
