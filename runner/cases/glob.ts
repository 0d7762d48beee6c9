/** Globs on case ids → a test: `*` within a segment, `**` across. */

export function globMatcher(globs: readonly string[]): (id: string) => boolean {
  if (globs.length === 0) return () => true;
  const patterns = globs.map(toRegExp);
  return (id) => patterns.some((p) => p.test(id));
}

/** A selector may name a whole branch: `tencent/iai/CreateGroup` selects all below it, on every binding. */
function toRegExp(glob: string): RegExp {
  const body = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${body}(?:[/@].*)?$`, "u");
}
