/** Words that no file name and no exported name may contain: each stood for several things, and the field has a term for each of them. */

/** The word, and what to say instead. A name is split at capitals, digits, hyphens and underscores. */
export const avoidedTerms: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["tell tells telling told", "report, redact, format or group"],
    ["say says said saying sayable", "description, responseText or message"],
    ["heard unheard listen voice mute silent hushed", "answered, noResponse or noVerdict"],
    ["stand stands standing stood prop", "exists, state, stub or prerequisite"],
    ["beside besides", "extra, sibling, neighbour or diff"],
    ["gone went leave left", "deleted, REDACTED, notFound or leftover"],
    [
      "most longest deepest least shortest farthest enough many often back share wide",
      "MAX_<WHAT>_<UNIT> or MIN_<WHAT>_<UNIT>",
    ],
    ["door front doorstep threshold", "gateway"],
    ["way ways manner", "strategy, variant or delivery"],
    ["ours theirs somebody nobody others whoever", "ownedByRun, external or unknownId"],
    ["tenure", "caseResources"],
    ["proof proofs proves proved look looks looked", "postcondition or verify"],
    ["twin twins freedom", "variant"],
    ["draft drafts", "template"],
    ["likewise likeness alike", "equivalentTo or equivalence"],
    ["scribble", "arbitraryText"],
    ["mix mixes mixed mixture", "combination"],
    ["forgives forgiven tolerance", "leniency or knownFailure"],
    ["greeting greet welcome", "preflight"],
    ["patience again rest turn", "backoff, retry, pause or acquire"],
    ["flight flights landing", "responseCollector or concurrentCall"],
    ["sought finds", "substringSearch"],
    ["news fresh moved", "changes, newFailures or failing"],
    ["world held keeper shelf library messenger scene", "emulatorState, serviceState or handlerContext"],
    ["killed", "detected"],
    ["fits also", "acceptableCauses or alternativeCodes"],
    ["reach aim lacks", "connect, target or unsupported"],
    ["words wording sentence saying", "describe… or messages"],
  ].flatMap(([words = "", instead = ""]) => words.split(" ").map((word) => [word, instead])),
);

/** `startSlowProxy` → start, slow, proxy; `kill-and-sweep` → kill, and, sweep. */
export const splitName = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
