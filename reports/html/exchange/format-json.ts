/** JSON text → the same tokens on lines of their own, so that repeated members and odd numbers stay as they were sent. */

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** Deeper than this nothing is set in further: a body may be ten thousand lists in one another. */
const deepest = 20;

/** Text that is no JSON is given back as it is. */
export function indentJson(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let out = "";
  let last = "";
  const line = () => `\n${"  ".repeat(Math.min(depth, deepest))}`;
  for (const [piece] of text.matchAll(token)) {
    if (piece === "}" || piece === "]") {
      depth--;
      out += last === "{" || last === "[" ? piece : line() + piece;
    } else {
      if (last === "{" || last === "[" || last === ",") out += line();
      out += piece === ":" ? ": " : piece;
      if (piece === "{" || piece === "[") depth++;
    }
    last = piece;
  }
  return out;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
