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
export function createLiveReporter(options: LiveOptions): (verdict: Verdict) => string {
  const linesOf = options.verbose ? verboseLines(options) : briefLines(options);
  return (verdict) => {
    const lines = linesOf(verdict);
    return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  };
}

const verboseLines = (options: LiveOptions) => (verdict: Verdict) =>
  verdict.status === "passed" && !isFailingWarning(options, verdict)
    ? []
    : [
        ...verdictLines(options, verdict, describeVerdict(verdict)),
        ...shownExchanges(verdict).flatMap((exchange) => ["", formatExchange(exchange)]),
        "",
      ];

function briefLines(options: LiveOptions): (verdict: Verdict) => string[] {
  const causes = new Map<string, { readonly first: string; cases: number }>();
  let limitReported = false;
  return (verdict) => {
    const { status, id } = verdict;
    if (
      status !== "failed" &&
      status !== "errored" &&
      status !== "indeterminate" &&
      !isFailingWarning(options, verdict)
    )
      return [];
    const causeId = JSON.stringify(causeKey(verdict));
    const cause = causes.get(causeId) ?? { first: id, cases: 0 };
    if (!causes.has(causeId) && causes.size === MAX_CAUSES) {
      if (limitReported) return [];
      limitReported = true;
      return [`${MAX_CAUSES} causes were told; any further one is counted, not printed`];
    }
    causes.set(causeId, cause);
    cause.cases++;
    if (cause.cases <= MAX_CASES_PER_CAUSE)
      return verdictLines(options, verdict, firstSentence(describeVerdict(verdict)));
    return cause.cases === MAX_CASES_PER_CAUSE + 1
      ? [`further cases of the cause of ${oneLine(cause.first)} are counted, not printed`]
      : [];
  };
}

const isFailingWarning = ({ strict }: LiveOptions, verdict: Verdict): boolean =>
  strict && warningFindings(verdict).length > 0;

function verdictLines(options: LiveOptions, verdict: Verdict, sentences: readonly string[]): string[] {
  const colours = pc.createColors(options.colour);
  const { status } = verdict;
  const isFailure = status === "failed" || status === "errored";
  const label = (isFailure ? colours.red : colours.yellow)(status === "passed" ? "warning" : status);
  return [
    `${label} ${oneLine(verdict.id)}`,
    ...sentences.map((sentence) => `  ${sentence}`),
    `  ${formatSource(verdict.source)}`,
    // What came to no verdict is rarely mended by asking for it once more.
    ...(status === "indeterminate" && !options.verbose ? [] : [`  rerun: ${formatRerun(options.header, verdict.id)}`]),
  ];
}

function firstSentence([sentence = "", ...rest]: readonly string[]): string[] {
  return rest.length === 0 ? [sentence] : [sentence, `and ${plural(rest.length, "more finding")}`];
}

function describeVerdict(verdict: Verdict): string[] {
  const { status } = verdict;
  const findings = status === "failed" || status === "known" ? decidingFindings(verdict) : warningFindings(verdict);
  return findings.length > 0 ? findings.map(describeFinding) : [reasonText(verdict)];
}

/** What was judged, what came before it, what it is held against and what was looked at; where nothing of these was sent, the last that was. */
function shownExchanges(verdict: Verdict): RecordedExchange[] {
  const relevant = verdict.exchanges.filter(({ role }) => ["before", "judged", "control", "probe"].includes(role));
  const last = relevant.length > 0 ? undefined : decisiveExchange(verdict);
  return last ? [last] : relevant;
}
