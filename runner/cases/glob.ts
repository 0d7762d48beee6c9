/**
 * Globs → a test of case ids, in which `*` matches within a segment and `**` across segments. One that begins with `!` excludes what it
 * matches. Where no other is given, every other id matches.
 */

export function globMatcher(globs: readonly string[]): (id: string) => boolean {
  const isExcluded = exclusionMatcher(globs);
  const patterns = globs.filter((glob) => !isExclusion(glob)).map(toRegExp);
  return (id) => (patterns.length === 0 || patterns.some((p) => p.test(id))) && !isExcluded(id);
}

export const exclusion = (glob: string): string => `!${glob}`;
export const isExclusion = (glob: string): boolean => glob.startsWith("!");

function exclusionMatcher(globs: readonly string[]): (id: string) => boolean {
  const patterns = globs.filter(isExclusion).map((glob) => toRegExp(glob.slice(1)));
  return (id) => patterns.some((p) => p.test(id));
}

/** Globs → a test of action ids, which is false only where no case id of the action can match. */
export function actionMatcher(globs: readonly string[]): (actionId: string) => boolean {
  const isExcluded = exclusionMatcher(globs);
  const included = globs.filter((glob) => !isExclusion(glob));
  const prefixes = included.map((glob) =>
    // `**` may stand for any number of segments, so it and what follows it decide nothing here.
    (glob.split(/\/?[^/]*\*\*/)[0] ?? "").split("/").map((segment) => (segment === "" ? /.*/ : toRegExp(segment))),
  );
  return (actionId) => {
    // With the separator behind it, a glob matches the id only where it matches all ids that begin so.
    if (isExcluded(`${actionId}/`)) return false;
    if (prefixes.length === 0) return true;
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
