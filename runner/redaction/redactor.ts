/** A target's secrets, and those that a run comes to know → what takes them out of all that is written down. */
import type { Credentials, Exchange, HttpRequest, Schema, Verdict } from "../model/index.ts";
import { createLearnedSecrets } from "./learned-secrets.ts";
import { MAX_MASKED_LENGTH, mapStrings, maskText } from "./mask.ts";
import { computedSecrets, requestSecrets } from "./request-secrets.ts";
import { findSecretFields, passwordMembers } from "./secret-fields.ts";
import { createSubstringSearch, encodedForms, MIN_SECRET_LENGTH, type SubstringSearch } from "./substring-search.ts";
import { unescapeLayers } from "./unescape.ts";

export interface Redactor {
  /** Any text: without the secrets that are known, however they are written in it. */
  redact(text: string): string;
  /** Text of an exchange: also without what its names call secret and what the request carried, and without images. */
  redactExchangeText(text: string, exchange: Exchange): string;
  learn(value: string): void;
  /** Told of every exchange: what an answer gives away may come back in any later one, and in words of ours. */
  learnFromExchange(exchange: Exchange, output?: Schema): void;
  /** The words of a verdict that are the target's. Its exchanges are `record`'s. */
  verdict(verdict: Verdict): Verdict;
  /** A line of a file of ours, as JSON. */
  serializeLine(line: object): string;
  /** The same error, which may now be shown. */
  error(error: unknown): unknown;
}

/** What `secretsOf` reads of a target's service. */
export interface SecretSource {
  readonly credentials: Credentials;
  readonly headers?: readonly { readonly value: string; readonly secret: boolean }[];
}

/** So much of an answer is read as a text: a hostile one may be long. */
const readFor = 64 * 1024;
/** A signature in any of its forms is shorter. */
const longestForm = 8 * 1024;
/** What may stand under a name such as Token and is no secret: `expired`, `AuthFailure.TokenFailure`. */
const words = /^[A-Z]?[a-z]+(?:[A-Z][a-z]{2,}|[ ._-][A-Za-z][a-z]*)*$/;

/** `run`: what carries its id is a name of ours. `more`: other secrets of the environment, such as that of a proxy. */
export function createRedactor(services: Iterable<SecretSource>, run = "", more: Iterable<string> = []): Redactor {
  const fixed = fixedIn(services, more);
  const { learn, known: learned } = createLearnedSecrets(run);
  const known = () => [fixed, ...learned()];
  const redact = (text: string) => maskText(text, known());
  /** By action, the members that its output marks as passwords. */
  const passwords = new Map<string, readonly string[]>();
  const echoes = new WeakMap<HttpRequest, SubstringSearch>();
  const echoOf = (request: HttpRequest): SubstringSearch => {
    const made = echoes.get(request) ?? soughtIn(requestSecrets(request));
    echoes.set(request, made);
    return made;
  };
  return {
    redact,
    learn,
    redactExchangeText: (text, { request, action }) =>
      maskText(text, [...known(), echoOf(request)], passwords.get(action) ?? []),
    learnFromExchange(exchange, output) {
      const names = output ? passwordMembers(output) : [];
      if (names.length > 0) passwords.set(exchange.action, names);
      const { text: begin, body } = responseText(exchange);
      const layers = unescapeLayers(begin);
      for (const value of computedSecrets(exchange.request)) {
        const forms = encodedForms(value).filter((form) => form.length >= MIN_SECRET_LENGTH);
        const beyond = body.length > readFor && forms.some((form) => body.includes(form, readFor - longestForm));
        if (beyond || layers.some(({ text }) => forms.some((form) => text.includes(form)))) learn(value);
      }
      for (const { text } of layers)
        for (const { name, value, image } of findSecretFields(text, names))
          if (!image && (names.includes(name) || !words.test(value)))
            for (const layer of unescapeLayers(value)) learn(layer.text);
    },
    verdict: (verdict) => ({ ...verdict, ...redactVerdictFields(verdict, redact) }),
    serializeLine(line) {
      const text = JSON.stringify(line);
      const { type } = line as { type?: string };
      // A line of the ledger holds what was sent.
      const sent = (t: string) => maskText(t, known(), []);
      if (text.length <= MAX_MASKED_LENGTH && (type === undefined ? sent(text) : redact(text)) === text) return text;
      // By its strings, so that it stays JSON. Words of ours stay, whatever an answer called a secret.
      if (type === undefined) return JSON.stringify(mapStrings(line, sent, true));
      const all = mapStrings(line, (t) => maskText(t, [fixed])) as Record<string, unknown>;
      if (type === "verdict") Object.assign(all, redactVerdictFields(all as unknown as Verdict, redact));
      for (const name of ["exchanges", "runProblems"]) if (name in all) all[name] = mapStrings(all[name], redact);
      return JSON.stringify(all);
    },
    error(error) {
      if (!(error instanceof Error)) return typeof error === "string" ? redact(error) : error;
      error.message = redact(error.message);
      if (error.stack !== undefined) error.stack = redact(error.stack);
      return error;
    },
  };
}

function fixedIn(services: Iterable<SecretSource>, more: Iterable<string>): SubstringSearch {
  const fixed = createSubstringSearch();
  const values = [...more];
  for (const { credentials, headers = [] } of services) {
    const { app, id, key, token = "" } = credentials;
    // The name of an administrator of IM, and its application's number, are no secrets.
    if (app === undefined) fixed.add(id, 4);
    values.push(key, token, ...headers.filter((h) => h.secret).map((h) => h.value));
  }
  for (const value of values) {
    fixed.add(value);
    // Of `Bearer …` the second word is a secret by itself; so is a value without the line break that a variable ends with.
    const word = value.trim().split(/\s+/).at(-1) ?? "";
    if (word !== value) fixed.add(word);
  }
  return fixed;
}

function soughtIn(values: readonly string[]): SubstringSearch {
  const made = createSubstringSearch(8);
  for (const value of values) made.add(value);
  return made;
}

type Theirs = Pick<Verdict, "actual" | "reason" | "blockedBy" | "findings">;

const redactVerdictFields = (v: Verdict, clean: (text: string) => string): Theirs => ({
  actual: clean(v.actual),
  reason: clean(v.reason),
  ...(v.blockedBy === undefined ? {} : { blockedBy: { ...v.blockedBy, response: clean(v.blockedBy.response) } }),
  findings: v.findings.map((f) => ({
    ...f,
    location: clean(f.location),
    expected: mapStrings(f.expected, clean, true),
    actual: mapStrings(f.actual, clean, true),
  })),
});

const none = Buffer.alloc(0);

function responseText({ response }: Exchange): { readonly text: string; readonly body: Buffer } {
  if ("reason" in response) return { text: response.detail, body: none };
  const { headers } = response;
  const body = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength);
  let text = "";
  for (const [name, value] of headers) text += `${name}: ${value}\n`;
  return { text: text + body.toString("utf8", 0, readFor), body };
}
