/** A value and the moment of its run → the kind of time that it is, so that two runs of two days read alike. */

/** Of how a text may be written; another form is another answer. */
const forms: readonly (readonly [form: string, pattern: RegExp])[] = [
  ["as RFC 3339", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/],
  ["as YYYY-MM-DDThh:mm:ss", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/],
  ["as YYYY-MM-DD hh:mm:ss", /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/],
  ["as an HTTP date", /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/],
  ["as YYYYMMDDThhmmssZ", /^\d{8}T\d{6}Z$/],
];

/** Around the run: no page tells of which zone a time is that names none. */
const TIME_TOLERANCE_MS = 2 * 86_400_000;

/** Milliseconds since the epoch: from when to when the exchange may have been. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const isNear = (ms: number, { from, to }: TimeRange): boolean =>
  ms >= from - TIME_TOLERANCE_MS && ms <= to + TIME_TOLERANCE_MS;

/** Years in which a number under a name of times is one. */
const since2000 = 946_684_800_000;
const until2100 = 4_102_444_800_000;

/** `<time in seconds>`; `<another time …>` where it is none of the run's days; null where it is no time. */
export function classifyTimestamp(value: string | number, underTimeName: boolean, moment: TimeRange): string | null {
  if (typeof value === "number") return numberOf(value, underTimeName, moment, "");
  if (/^\d{10}(?:\d{3})?$/.test(value)) return numberOf(Number(value), underTimeName, moment, ", as text");
  const form = forms.find(([, pattern]) => pattern.test(value));
  if (form === undefined) return null;
  const ms = Date.parse(form[0].endsWith("hhmmssZ") ? spelled(value) : value);
  return `<${isNear(ms, moment) ? "time" : "another time"} ${form[0]}>`;
}

function numberOf(value: number, underTimeName: boolean, moment: TimeRange, how: string): string | null {
  for (const [unit, ms] of [
    ["seconds", value * 1000],
    ["milliseconds", value],
  ] as const) {
    if (isNear(ms, moment)) return `<time in ${unit}${how}>`;
    if (underTimeName && ms >= since2000 && ms <= until2100) return `<another time in ${unit}${how}>`;
  }
  return null;
}

const spelled = (text: string): string =>
  text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
