/** The secrets of a target, and those that a run learns → a redactor that removes them from everything that is written. */
import type { Credentials, Exchange, HttpRequest, Schema, Verdict } from "../model/index.ts";
import { createLearnedSecrets } from "./learned-secrets.ts";
import { hasLongWord, isLongWord } from "./long-word.ts";
import { MAX_MASKED_LENGTH, mapStrings, maskText } from "./mask.ts";
import { computedSecrets, requestSecrets } from "./request-secrets.ts";
import { findSecretFields, passwordMembers } from "./secret-fields.ts";
import { createSubstringSearch, encodedForms, MIN_SECRET_LENGTH, type SubstringSearch } from "./substring-search.ts";
import { unescapeLayers } from "./unescape.ts";

export interface Redactor {
  /** Any text: removes the known secrets, in every encoding that is recognised. */
  redact(text: string): string;
  /** Text of an exchange: also removes fields with secret names, the secrets of the request, and images. */
  redactExchangeText(text: string, exchange: Exchange): string;
  learn(value: string): void;
  /** Call it for every exchange: a secret in a response may appear again in later responses, and in messages of the run. */
  learnFromExchange(exchange: Exchange, output?: Schema): void;
  /** Redacts the texts of a verdict that come from the target. Its exchanges are redacted by `redactExchange`. */
  redactVerdict(verdict: Verdict): Verdict;
  /** A line of the log or the ledger as JSON, redacted. */
  serializeLine(line: object): string;
  /** The same error, with message and stack redacted. */
  redactError(error: unknown): unknown;
}

/** The part of a target's service that contains secrets. */
export interface SecretSource {
  readonly credentials: Credentials;
  readonly headers?: readonly { readonly value: string; readonly secret: boolean }[];
}

/** Bytes of a response body that are decoded and searched for secret fields: a hostile response may be much longer. */
const SEARCHED_RESPONSE_BYTES = 64 * 1024;
/** In bytes. Every encoded form of a signature is shorter, so a signature that crosses the limit above is still found. */
const MAX_ENCODED_SIGNATURE_BYTES = 8 * 1024;
/** Plain words under a name such as Token are not secrets: `expired`, `AuthFailure.TokenFailure`. */
const PLAIN_WORDS = /^[A-Z]?[a-z]+(?:[A-Z][a-z]{2,}|[ ._-][A-Za-z][a-z]*)*$/;

/** `runId`: values that contain it are names given by the run. `more`: other secrets of the environment, such as a proxy password. */
export function createRedactor(services: Iterable<SecretSource>, runId = "", more: Iterable<string> = []): Redactor {
  const configured = searchForConfigured(services, more);
  const { learn, searches: learned } = createLearnedSecrets(runId);
  const searches = () => [configured, ...learned()];
  const redact = (text: string) => maskText(text, searches(), true);
  /** By action id: the members that its output schema marks as passwords. */
  const passwords = new Map<string, readonly string[]>();
  const requestSearches = new WeakMap<HttpRequest, SubstringSearch>();
  const requestSearch = (request: HttpRequest): SubstringSearch => {
    const search = requestSearches.get(request) ?? searchFor(requestSecrets(request));
    requestSearches.set(request, search);
    return search;
  };
  return {
    redact,
    learn,
    redactExchangeText: (text, { request, action }) =>
      maskText(text, [...searches(), requestSearch(request)], true, passwords.get(action) ?? []),
    learnFromExchange(exchange, output) {
      const names = output ? passwordMembers(output) : [];
      if (names.length > 0) passwords.set(exchange.action, names);
      const { text: searchedText, body } = responseText(exchange);
      const layers = unescapeLayers(searchedText);
      const mayHoldSignature = body.length > SEARCHED_RESPONSE_BYTES || layers.some(({ text }) => hasLongWord(text));
      for (const value of computedSecrets(exchange.request)) {
        if (!mayHoldSignature && isLongWord(value)) continue;
        const hex = Buffer.from(value).toString("hex");
        const forms = [...encodedForms(value), hex, hex.toUpperCase()].filter(
          ({ length }) => length >= MIN_SECRET_LENGTH,
        );
        const isInRestOfBody =
          body.length > SEARCHED_RESPONSE_BYTES &&
          forms.some((form) => body.includes(form, SEARCHED_RESPONSE_BYTES - MAX_ENCODED_SIGNATURE_BYTES));
        if (isInRestOfBody || layers.some(({ text }) => forms.some((form) => text.includes(form)))) learn(value);
      }
      for (const { text } of layers)
        for (const { name, value, isImage } of findSecretFields(text, names))
          if (!isImage && (names.includes(name) || !PLAIN_WORDS.test(value)))
            for (const layer of unescapeLayers(value)) learn(layer.text);
    },
    redactVerdict(verdict) {
      const { actual, reason, blockedBy, findings } = verdict;
      const isPlain = findings.length === 0 && blockedBy === undefined;
      if (isPlain && redact(actual) === actual && redact(reason) === reason) return verdict;
      return { ...verdict, ...redactVerdictFields(verdict, redact) };
    },
    serializeLine(line) {
      const text = JSON.stringify(line);
      const { type, id } = line as { type?: string; id?: unknown };
      // In the ledger an id is from the target. The calls in later lines contain it, too.
      if (type === undefined && typeof id === "string" && redact(id) !== id) learn(id);
      // Only lines of the ledger have no type. They contain request members, so secret names count.
      const redactMembers = (t: string) => maskText(t, searches(), false, []);
      // What a verdict has from its target is redacted already, so encoded secrets are searched only in a footer.
      const redacted = () => (type === undefined ? redactMembers(text) : maskText(text, searches(), type === "footer"));
      if (text.length <= MAX_MASKED_LENGTH && redacted() === text) return text;
      // Redacted string by string, so that the line stays valid JSON. In a log line only texts of the target are searched
      // for learned secrets: ids and names of the run stay, even where a response called the same text a secret.
      if (type === undefined) return JSON.stringify(mapStrings(line, redactMembers, true));
      const fields = mapStrings(line, (t) => maskText(t, [configured], false)) as Record<string, unknown>;
      if (type === "verdict") Object.assign(fields, redactVerdictFields(fields as unknown as Verdict, redact));
      for (const name of ["exchanges", "runProblems"])
        if (name in fields) fields[name] = mapStrings(fields[name], redact);
      return JSON.stringify(fields);
    },
    redactError(error) {
      if (!(error instanceof Error)) return typeof error === "string" ? redact(error) : error;
      error.message = redact(error.message);
      if (error.stack !== undefined) error.stack = redact(error.stack);
      return error;
    },
  };
}

function searchForConfigured(services: Iterable<SecretSource>, more: Iterable<string>): SubstringSearch {
  const search = createSubstringSearch();
  const values = [...more];
  for (const { credentials, headers = [] } of services) {
    const { app, id, key, token = "" } = credentials;
    // Credentials with an application number are those of IM: neither that number nor the administrator's name is secret.
    if (app === undefined) {
      search.add(id, 4);
      search.addParts(id, 4);
    }
    values.push(key, token, ...headers.filter((header) => header.secret).map((header) => header.value));
  }
  for (const value of values) {
    search.add(value);
    search.addParts(value);
    // The second word of `Bearer …` is a secret by itself. A value that ends in a line break is also searched without it.
    const lastWord = value.trim().split(/\s+/).at(-1) ?? "";
    if (lastWord !== value) search.add(lastWord);
  }
  return search;
}

function searchFor(values: readonly string[]): SubstringSearch {
  const search = createSubstringSearch(8);
  for (const value of values) search.add(value);
  return search;
}

type TargetTexts = Pick<Verdict, "actual" | "reason" | "blockedBy" | "findings">;

const redactVerdictFields = (v: Verdict, redact: (text: string) => string): TargetTexts => ({
  actual: redact(v.actual),
  reason: redact(v.reason),
  ...(v.blockedBy === undefined ? {} : { blockedBy: { ...v.blockedBy, response: redact(v.blockedBy.response) } }),
  findings: v.findings.map((finding) => ({
    ...finding,
    location: redact(finding.location),
    expected: mapStrings(finding.expected, redact, true),
    actual: mapStrings(finding.actual, redact, true),
  })),
});

const NO_BYTES = Buffer.alloc(0);

/** `text` has the headers and the first bytes of the body; `body` is the whole body. */
function responseText({ response }: Exchange): { readonly text: string; readonly body: Buffer } {
  if ("reason" in response) return { text: response.detail, body: NO_BYTES };
  const { headers } = response;
  const body = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength);
  let text = "";
  for (const [name, value] of headers) text += `${name}: ${value}\n`;
  return { text: text + body.toString("utf8", 0, SEARCHED_RESPONSE_BYTES), body };
}
