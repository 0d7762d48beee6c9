/** Times in milliseconds and UNIX seconds → the dates and time windows of signatures. */

/** Milliseconds since the epoch to whole UNIX seconds. */
export function toUnixSeconds(nowMs: number): number {
  return Math.floor(nowMs / 1000);
}

/** The text of a timestamp to UNIX seconds; null if it is not 1 to 11 digits (11 digits reach beyond the year 5000). */
export function parseUnixSeconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) : null;
}

/** True if the timestamp differs from the clock by at most `windowSeconds`. */
export function isWithinWindow(windowSeconds: number, timestampSeconds: number, nowMs: number): boolean {
  return Math.abs(toUnixSeconds(nowMs) - timestampSeconds) <= windowSeconds;
}

/** The UTC date of UNIX seconds, as `2019-02-25`. */
export function utcDate(unixSeconds: number): string {
  const day = Math.floor(unixSeconds / 86_400);
  if (day !== cachedDay) {
    cachedDate = new Date(unixSeconds * 1000).toISOString().slice(0, 10);
    cachedDay = day;
  }
  return cachedDate;
}

/** The date is needed for every request, and nearly all requests of a run are sent on one day. */
let cachedDay = Number.NaN;
let cachedDate = "";
