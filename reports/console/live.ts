/** A verdict as it comes → what is said of it at once: a few of each cause, so that a broken target fills no log. */
import pc from "picocolors";
import type { Header, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { causeKey, decidingFindings, warningFindings } from "../summary/cause.ts";
import { decisiveExchange, formatExchange } from "../text/exchange.ts";
import { describeFinding, formatRerun, formatSource, reasonText } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";

export interface LiveOptions {
  readonly header: Header;
  /** Warnings fail the run, so they are told. */
  readonly strict: boolean;
  /** All that did not pass, each with its exchanges. */
  readonly verbose: boolean;
  readonly colour: boolean;
}

/** Of one cause so many cases are told. */
const MAX_CASES_PER_CAUSE = 3;
/** So many causes are told. */
const MAX_CAUSES = 50;

/** Whole lines; nothing where there is nothing to tell. */
export function createLiveReporter(t: LiveOptions): (verdict: Verdict) => string {
  const words = t.verbose ? verboseLines(t) : briefLines(t);
  return (verdict) => {
    const told = words(verdict);
    return told.length === 0 ? "" : `${told.join("\n")}\n`;
  };
}

const verboseLines = (t: LiveOptions) => (verdict: Verdict) =>
  verdict.status === "passed" && !warns(t, verdict)
    ? []
    : [
        ...verdictLines(t, verdict, says(verdict)),
        ...shownExchanges(verdict).flatMap((one) => ["", formatExchange(one)]),
        "",
      ];

function briefLines(t: LiveOptions): (verdict: Verdict) => string[] {
  const causes = new Map<string, { readonly first: string; cases: number }>();
  let full = false;
  return (verdict) => {
    const { status, id } = verdict;
    if (status !== "failed" && status !== "errored" && status !== "indeterminate" && !warns(t, verdict)) return [];
    const key = JSON.stringify(causeKey(verdict));
    const cause = causes.get(key) ?? { first: id, cases: 0 };
    if (!causes.has(key) && causes.size === MAX_CAUSES) {
      if (full) return [];
      full = true;
      return [`${MAX_CAUSES} causes were told; any further one is counted, not printed`];
    }
    causes.set(key, cause);
    cause.cases++;
    if (cause.cases <= MAX_CASES_PER_CAUSE) return verdictLines(t, verdict, shortened(says(verdict)));
    return cause.cases === MAX_CASES_PER_CAUSE + 1
      ? [`further cases of the cause of ${oneLine(cause.first)} are counted, not printed`]
      : [];
  };
}

const warns = ({ strict }: LiveOptions, verdict: Verdict): boolean => strict && warningFindings(verdict).length > 0;

function verdictLines(t: LiveOptions, verdict: Verdict, sentences: readonly string[]): string[] {
  const colours = pc.createColors(t.colour);
  const { status } = verdict;
  const bad = status === "failed" || status === "errored";
  const word = (bad ? colours.red : colours.yellow)(status === "passed" ? "warning" : status);
  return [
    `${word} ${oneLine(verdict.id)}`,
    ...sentences.map((sentence) => `  ${sentence}`),
    `  ${formatSource(verdict.source)}`,
    // What came to no verdict is rarely mended by asking for it once more.
    ...(status === "indeterminate" && !t.verbose ? [] : [`  rerun: ${formatRerun(t.header, verdict.id)}`]),
  ];
}

function shortened([sentence = "", ...others]: readonly string[]): string[] {
  return others.length === 0 ? [sentence] : [sentence, `and ${plural(others.length, "more finding")}`];
}

function says(verdict: Verdict): string[] {
  const { status } = verdict;
  const found = status === "failed" || status === "known" ? decidingFindings(verdict) : warningFindings(verdict);
  return found.length > 0 ? found.map(describeFinding) : [reasonText(verdict)];
}

/** What was judged, what came before it, what it is held against and what was looked at; where nothing of these was sent, the last that was. */
function shownExchanges(verdict: Verdict): RecordedExchange[] {
  const own = verdict.exchanges.filter(({ role }) => ["before", "judged", "control", "probe"].includes(role));
  const last = own.length > 0 ? undefined : decisiveExchange(verdict);
  return last ? [last] : own;
}
