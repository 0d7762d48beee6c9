/** A text → the values in it whose names call them secret: members of JSON, pairs of a form, elements of XML. */
import type { Schema } from "../model/index.ts";
import type { Span } from "./unescape.ts";

export interface SecretField {
  readonly name: string;
  readonly value: string;
  /** So many characters of it may be shown. */
  readonly kept: number;
  readonly span: Span;
  /** True where the name stands for an image, which is long and no secret elsewhere. */
  readonly image: boolean;
}

/** In any case, with or without `-` and `_`. A `NextToken` is no secret, and `NeedResetPassword` is no text. */
const endings =
  "pass-?word|passwd|passphrase|secret-?key|secret-?access-?key|client-?secret|private-?key|api-?key|" +
  "(?:session|security|access|refresh|auth|bearer|tc|xsrf|csrf)-?token|user-?sig|signature|authorization";
const wholes = "secret|token|pwd|set-?cookie|cookie|image";
/** Of these the first four characters may be shown. */
const ids = "(?:tmp-?)?secret-?id|access-?key-?id";

/** Without one of these none of the names is there. */
const hints = ["pass", "pwd", "secret", "token", "sig", "key", "authorization", "cookie", "image"];
const styles = patternsFor(`[\\w.-]{0,60}?(?:${endings})|(?:[\\w.-]{0,60}[.-])?(?:${wholes}|${ids})`);
const isId = new RegExp(`(?:^|[.-])(?:${spaced(ids)})$`, "i");
const idKept = 4;

/** `-?` of the names above stands for `-` and `_`. */
function spaced(names: string): string {
  return names.replaceAll("-?", "[-_]?");
}

function patternsFor(names: string): RegExp[] {
  const name = spaced(names);
  // Written so that a long text needs no more of the stack than a short one.
  const text = (quote: string) => `[^${quote}\\\\]*(?:\\\\.[^${quote}\\\\]*)*`;
  const number = "-?\\d[\\w.+-]*";
  return [
    // A value that is cut off has no end; a list is one value.
    new RegExp(`"(${name})"\\s*:\\s*(?:"(${text('"')})|(${number})|\\[((?:[\\s,]|"${text('"')}"?|${number})*))`, "gis"),
    new RegExp(`'(${name})'\\s*:\\s*'(${text("'")})`, "gis"),
    new RegExp(`(?:^|[?&;,\\s"'({>])(${name})=([^&\\s"'<>;,)}]*)`, "gi"),
    new RegExp(`<(?:\\w+:)?(${name})(?:\\s[^<>]*)?>([^<]*(?:<(?!/)[^<]*)*)`, "gi"),
  ];
}

/** `names` are secret besides those that are so everywhere. */
export function findSecretFields(text: string, names: readonly string[] = []): SecretField[] {
  const found: SecretField[] = [];
  const letters = text.toLowerCase();
  if (hints.some((hint) => letters.includes(hint))) for (const style of styles) collect(text, style, found);
  const listed = names.filter((name) => text.includes(name));
  if (listed.length > 0) for (const style of stylesFor(listed)) collect(text, style, found);
  return found;
}

function collect(text: string, style: RegExp, into: SecretField[]): void {
  for (const match of text.matchAll(style)) {
    const [all, name = "", ...values] = match;
    const value = values.find((v) => v !== undefined) ?? "";
    const to = match.index + all.length;
    const kept = isId.test(name) ? Math.min(idKept, value.length) : 0;
    if (value.length > kept)
      into.push({
        name,
        value,
        kept,
        span: [to - value.length + kept, to],
        image: name.toLowerCase().endsWith("image"),
      });
  }
}

const made = new Map<string, RegExp[]>();

function stylesFor(names: readonly string[]): RegExp[] {
  const key = names.join("|");
  const known = made.get(key) ?? patternsFor(names.map((n) => n.replace(/[^\w]/g, "\\$&")).join("|"));
  made.set(key, known);
  return known;
}

const secretMembers = new WeakMap<Schema, readonly string[]>();

/** The members that a schema marks as passwords, at any depth. */
export function passwordMembers(schema: Schema): readonly string[] {
  const known = secretMembers.get(schema);
  if (known) return known;
  const names = new Set<string>();
  const walk = (of: unknown, name: string): void => {
    if (typeof of !== "object" || of === null) return;
    if ((of as Schema).format === "password" && name !== "") names.add(name);
    const { properties = {} } = of as { properties?: object };
    for (const [member, inner] of Object.entries(properties)) walk(inner, member);
    for (const [key, inner] of Object.entries(of)) if (key !== "properties") walk(inner, name);
  };
  walk(schema, "");
  const found = [...names];
  secretMembers.set(schema, found);
  return found;
}
