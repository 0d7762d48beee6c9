/** Milliseconds and second stamps → the dates and windows that signatures speak of. */

/** Whole UNIX seconds of a clock in milliseconds. */
export function toUnixSeconds(now: number): number {
  return Math.floor(now / 1000);
}

/** The number that a stamp of UNIX seconds says, or null where it is none (eleven digits reach beyond the year 5000). */
export function parseUnixSeconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) : null;
}

/** True where a stamp in seconds is at most `window` seconds off the clock; on the limit it still holds. */
export function isWithinWindow(window: number, stampSeconds: number, now: number): boolean {
  return Math.abs(toUnixSeconds(now) - stampSeconds) <= window;
}

/** The UTC date of UNIX seconds, `2019-02-25`. */
export function utcDate(unixSeconds: number): string {
  const day = Math.floor(unixSeconds / 86_400);
  if (day !== lastDay) {
    lastDate = new Date(unixSeconds * 1000).toISOString().slice(0, 10);
    lastDay = day;
  }
  return lastDate;
}

/** Every request asks, and nearly all of a run fall on one day. */
let lastDay = Number.NaN;
let lastDate = "";
