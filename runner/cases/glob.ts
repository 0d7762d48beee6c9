/** Globs → a test of case ids, in which `*` matches within a segment and `**` across segments. No glob matches every id. */

export function globMatcher(globs: readonly string[]): (id: string) => boolean {
  if (globs.length === 0) return () => true;
  const patterns = globs.map(toRegExp);
  return (id) => patterns.some((p) => p.test(id));
}

/** Globs → a test of action ids, which is false only where no case id of the action can match. */
export function actionMatcher(globs: readonly string[]): (actionId: string) => boolean {
  if (globs.length === 0) return () => true;
  const prefixes = globs.map((glob) =>
    // `**` may stand for any number of segments, so it and what follows it decide nothing here.
    (glob.split(/\/?[^/]*\*\*/)[0] ?? "").split("/").map((segment) => (segment === "" ? /.*/ : toRegExp(segment))),
  );
  return (actionId) => {
    const segments = actionId.split("/");
    return prefixes.some((patterns) => segments.every((segment, i) => patterns[i]?.test(segment) ?? true));
  };
}

/** A glob also matches every id that continues behind a segment: `tencent/iai/CreateGroup` selects all cases of the action over all bindings. */
function toRegExp(glob: string): RegExp {
  const body = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${body}(?:[/@].*)?$`, "u");
}
