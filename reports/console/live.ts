/** Verdict → the lines that a run prints at once, for the first cases of each cause only, so that a broken target does not fill the console. */
import pc from "picocolors";
import type { Header, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { causeKey, decidingFindings, warningFindings } from "../summary/cause.ts";
import { decisiveExchange, formatExchange } from "../text/exchange.ts";
import { describeFinding, formatRerun, formatSource, reasonText } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";

export interface LiveOptions {
  readonly header: Header;
  /** Warnings fail the run, so they are printed. */
  readonly strict: boolean;
  /** Prints each case that did not pass, with its exchanges. */
  readonly verbose: boolean;
  readonly colour: boolean;
}

/** Cases that are printed of one cause. */
const MAX_CASES_PER_CAUSE = 3;
/** Causes of which cases are printed. */
const MAX_CAUSES = 50;

/** The result is whole lines; empty where the verdict is not printed. */
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
      return [`${MAX_CAUSES} causes have been printed; further causes are counted, not printed`];
    }
    causes.set(causeId, cause);
    cause.cases++;
    if (cause.cases <= MAX_CASES_PER_CAUSE)
      return verdictLines(options, verdict, firstSentence(describeVerdict(verdict)));
    return cause.cases === MAX_CASES_PER_CAUSE + 1
      ? [`further cases with the same cause as ${oneLine(cause.first)} are counted, not printed`]
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
    ...(status === "failed" && verdict.reason !== "" ? [`  ${reasonText(verdict)}`] : []),
    `  ${formatSource(verdict.source)}`,
    // Another run rarely leads to a verdict.
    ...(status === "indeterminate" && !options.verbose ? [] : [`  rerun: ${formatRerun(options.header, verdict.id)}`]),
  ];
}

function firstSentence([sentence = "", ...others]: readonly string[]): string[] {
  return others.length === 0 ? [sentence] : [sentence, `and ${plural(others.length, "more finding")}`];
}

function describeVerdict(verdict: Verdict): string[] {
  const { status } = verdict;
  const findings = status === "failed" || status === "known" ? decidingFindings(verdict) : warningFindings(verdict);
  return findings.length > 0 ? findings.map(describeFinding) : [reasonText(verdict)];
}

/** The judged calls with the calls before them, the control and the probes; where none of these was sent, the last call. */
function shownExchanges(verdict: Verdict): RecordedExchange[] {
  const relevant = verdict.exchanges.filter(({ role }) => ["before", "judged", "control", "probe"].includes(role));
  const last = relevant.length > 0 ? undefined : decisiveExchange(verdict);
  return last ? [last] : relevant;
}
