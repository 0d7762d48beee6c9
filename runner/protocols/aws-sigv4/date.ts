/** Milliseconds ⇔ the basic ISO 8601 text of X-Amz-Date. */

/** Milliseconds since the epoch to `20150830T123600Z`. */
export function amzDate(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** Such a text to UNIX seconds; null if it has another form. */
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
  // Date.UTC accepts a 13th month, a 60th second and years below 100, but gives another date for them.
  return amzDate(ms) === text ? ms / 1000 : null;
}
