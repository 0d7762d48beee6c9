/** JSON text → the same tokens, indented. The text is not parsed and serialized, so repeated members and unusual numbers stay as they were sent. */

const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** Deepest indentation: a body may be ten thousand nested lists. */
const MAX_INDENT_DEPTH = 20;

/** Text that is not JSON is returned unchanged. */
export function indentJson(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let result = "";
  let previous = "";
  const newLine = () => `\n${"  ".repeat(Math.min(depth, MAX_INDENT_DEPTH))}`;
  for (const [token] of text.matchAll(JSON_TOKEN)) {
    if (token === "}" || token === "]") {
      depth--;
      result += previous === "{" || previous === "[" ? token : newLine() + token;
    } else {
      if (previous === "{" || previous === "[" || previous === ",") result += newLine();
      result += token === ":" ? ": " : token;
      if (token === "{" || token === "[") depth++;
    }
    previous = token;
  }
  return result;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
