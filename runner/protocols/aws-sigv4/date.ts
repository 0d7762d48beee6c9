/** Milliseconds ⇔ the basic ISO 8601 text of X-Amz-Date. */

/** `20150830T123600Z` of a clock in milliseconds. */
export function amzDate(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** UNIX seconds of such a text, or null where it is none. */
export function readAmzDate(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  // Rolled over (a 13th month, a 60th second) or a year below 100.
  return amzDate(ms) === text ? ms / 1000 : null;
}
