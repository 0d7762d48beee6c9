/** Globs → a test of case ids, in which `*` matches within a segment and `**` across segments. No glob matches every id. */

export function globMatcher(globs: readonly string[]): (id: string) => boolean {
  if (globs.length === 0) return () => true;
  const patterns = globs.map(toRegExp);
  return (id) => patterns.some((p) => p.test(id));
}

/** A glob also matches every id that continues behind a segment: `tencent/iai/CreateGroup` selects all cases of the action over all bindings. */
function toRegExp(glob: string): RegExp {
  const body = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${body}(?:[/@].*)?$`, "u");
}
