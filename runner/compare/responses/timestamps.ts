/** A value and the time of its exchange -> its time format, so that times of two runs on different days are equal. */

/** Formats of a time as text. A response in another format differs. */
const formats: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["as RFC 3339", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/],
  ["as YYYY-MM-DDThh:mm:ss", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/],
  ["as YYYY-MM-DD hh:mm:ss", /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/],
  ["as an HTTP date", /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/],
  ["as YYYYMMDDThhmmssZ", /^\d{8}T\d{6}Z$/],
];

/** Two days before and after the run, because the time zone of a time without one is not documented. */
const TIME_TOLERANCE_MS = 2 * 86_400_000;

/** Milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const isNear = (ms: number, { from, to }: TimeRange): boolean =>
  ms >= from - TIME_TOLERANCE_MS && ms <= to + TIME_TOLERANCE_MS;

/** Under a time name, a number between these is a time. */
const [MIN_TIME_MS, MAX_TIME_MS] = [Date.UTC(2000), Date.UTC(2100)];

/**
 * `<time in seconds>`; `<another time …>` for a time that is not near the run; null for a value that is no time.
 * `isUnderTimeName`: the name of the member shows that it holds a time.
 */
export function classifyTimestamp(value: string | number, isUnderTimeName: boolean, moment: TimeRange): string | null {
  if (typeof value === "number") return classifyNumber(value, isUnderTimeName, moment, "");
  if (/^\d{10}(?:\d{3})?$/.test(value)) return classifyNumber(Number(value), isUnderTimeName, moment, ", as text");
  const format = formats.find(([, pattern]) => pattern.test(value));
  if (format === undefined) return null;
  const [name] = format;
  const ms = Date.parse(name.endsWith("hhmmssZ") ? toExtendedFormat(value) : value);
  return `<${isNear(ms, moment) ? "time" : "another time"} ${name}>`;
}

function classifyNumber(value: number, isUnderTimeName: boolean, moment: TimeRange, suffix: string): string | null {
  for (const [unit, ms] of [
    ["seconds", value * 1000],
    ["milliseconds", value],
  ] as const) {
    if (isNear(ms, moment)) return `<time in ${unit}${suffix}>`;
    if (isUnderTimeName && ms >= MIN_TIME_MS && ms <= MAX_TIME_MS) return `<another time in ${unit}${suffix}>`;
  }
  return null;
}

/** `20261120T101112Z` -> `2026-11-20T10:11:12Z`. */
const toExtendedFormat = (text: string): string =>
  text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
