/** Text → the values in it whose names call them secret: members of JSON, pairs of a form, elements of XML. */
import type { Schema } from "../model/index.ts";
import type { Span } from "./unescape.ts";

export interface SecretField {
  readonly name: string;
  readonly value: string;
  /** UTF-16 units at the beginning of the value that may be shown. */
  readonly visiblePrefixLength: number;
  /** The part of the text to hide. */
  readonly span: Span;
  /** True where the name is that of an image: it is hidden for its length and is no secret in other places. */
  readonly isImage: boolean;
}

/**
 * Names end in one of these, in any case, with or without `-` and `_`. `NextToken` does not match, because it is no secret;
 * `NeedResetPassword` matches, but its value is a boolean and not a text.
 */
const SECRET_NAME_ENDINGS =
  "pass-?word|passwd|passphrase|secret-?key|secret-?access-?key|client-?secret|private-?key|api-?key|" +
  "(?:session|security|access|refresh|auth|bearer|tc|xsrf|csrf)-?token|user-?sig|signature|authorization";
/** Names that are secret only as a whole word. */
const SECRET_NAMES = "secret|token|pwd|set-?cookie|cookie|image";
/** Names of key ids, of which the first characters may be shown. */
const KEY_ID_NAMES = "(?:tmp-?)?secret-?id|access-?key-?id";

/** Every name above contains one of these: a text without them need not be searched. */
const NAME_HINT = /pass|pwd|secret|token|sig|key|authorization|cookie|image/i;
const COMMON_PATTERNS = patternsFor(
  `[\\w.-]{0,60}?(?:${SECRET_NAME_ENDINGS})|(?:[\\w.-]{0,60}[.-])?(?:${SECRET_NAMES}|${KEY_ID_NAMES})`,
);
const KEY_ID_NAME = new RegExp(`(?:^|[.-])(?:${withSeparators(KEY_ID_NAMES)})$`, "i");
const VISIBLE_KEY_ID_LENGTH = 4;

/** In the names above `-?` stands for an optional `-` or `_`. */
function withSeparators(names: string): string {
  return names.replaceAll("-?", "[-_]?");
}

function patternsFor(names: string): RegExp[] {
  const name = withSeparators(names);
  // An unrolled loop instead of alternatives: a long text needs no more stack than a short one.
  const text = (quote: string) => `[^${quote}\\\\]*(?:\\\\.[^${quote}\\\\]*)*`;
  const number = "-?\\d[\\w.+-]*";
  return [
    // The closing quote is not required, because the text may be cut off. A list counts as one value.
    new RegExp(`"(${name})"\\s*:\\s*(?:"(${text('"')})|(${number})|\\[((?:[\\s,]|"${text('"')}"?|${number})*))`, "gis"),
    new RegExp(`'(${name})'\\s*:\\s*'(${text("'")})`, "gis"),
    new RegExp(`(?:^|[?&;,\\s"'({>])(${name})=([^&\\s"'<>;,)}]*)`, "gi"),
    new RegExp(`<(?:\\w+:)?(${name})(?:\\s[^<>]*)?>([^<]*(?:<(?!/)[^<]*)*)`, "gi"),
  ];
}

/** `names` are secret in this text in addition to the names that are secret everywhere. */
export function findSecretFields(text: string, names: readonly string[] = []): SecretField[] {
  const fields: SecretField[] = [];
  if (NAME_HINT.test(text)) for (const pattern of COMMON_PATTERNS) collect(text, pattern, fields);
  const presentNames = names.filter((name) => text.includes(name));
  if (presentNames.length > 0) for (const pattern of cachedPatternsFor(presentNames)) collect(text, pattern, fields);
  return fields;
}

function collect(text: string, pattern: RegExp, into: SecretField[]): void {
  for (const match of text.matchAll(pattern)) {
    const [all, name = "", ...values] = match;
    const value = values.find((v) => v !== undefined) ?? "";
    const to = match.index + all.length;
    const visiblePrefixLength = KEY_ID_NAME.test(name) ? Math.min(VISIBLE_KEY_ID_LENGTH, value.length) : 0;
    if (value.length > visiblePrefixLength)
      into.push({
        name,
        value,
        visiblePrefixLength,
        span: [to - value.length + visiblePrefixLength, to],
        isImage: name.toLowerCase().endsWith("image"),
      });
  }
}

const patternCache = new Map<string, RegExp[]>();

function cachedPatternsFor(names: readonly string[]): RegExp[] {
  const key = names.join("|");
  const patterns = patternCache.get(key) ?? patternsFor(names.map((n) => n.replace(/[^\w]/g, "\\$&")).join("|"));
  patternCache.set(key, patterns);
  return patterns;
}

const passwordMemberCache = new WeakMap<Schema, readonly string[]>();

/** The names of the members that a schema marks with `format: password`, at any depth. */
export function passwordMembers(schema: Schema): readonly string[] {
  const cached = passwordMemberCache.get(schema);
  if (cached) return cached;
  const names = new Set<string>();
  const walk = (node: unknown, name: string): void => {
    if (typeof node !== "object" || node === null) return;
    if ((node as Schema).format === "password" && name !== "") names.add(name);
    const { properties = {} } = node as { properties?: object };
    for (const [member, inner] of Object.entries(properties)) walk(inner, member);
    for (const [key, inner] of Object.entries(node)) if (key !== "properties") walk(inner, name);
  };
  walk(schema, "");
  const members = [...names];
  passwordMemberCache.set(schema, members);
  return members;
}
