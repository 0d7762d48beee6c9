/** The secrets that a run comes to know, so many that memory does not grow: the oldest are forgotten. */
import { createSubstringSearch, MIN_SECRET_LENGTH, type SubstringSearch } from "./substring-search.ts";

export interface LearnedSecrets {
  learn(value: string): void;
  known(): readonly SubstringSearch[];
}

/** So many are known at least, and twice as many at most. */
const most = 5000;
/** In characters; as much again for each way to write them. */
const mostText = 1 << 20;
/** A longer value is an image, of which nothing comes back in words of ours. */
const longest = 4096;

/** `mine` stands in the names that this run gives: they are no secrets, whatever an answer says. */
export function createLearnedSecrets(mine: string): LearnedSecrets {
  let young: SubstringSearch | undefined;
  let old: SubstringSearch | undefined;
  let values = new Set<string>();
  let size = 0;
  return {
    learn(value) {
      if (value.length < MIN_SECRET_LENGTH || value.length > longest || values.has(value)) return;
      if (mine !== "" && value.includes(mine)) return;
      if (values.size >= most || size + value.length > mostText) {
        old = young;
        young = undefined;
        values = new Set();
        size = 0;
      }
      young ??= createSubstringSearch();
      // A copy: a part of a text keeps all of it alive.
      const own = Buffer.from(value).toString();
      values.add(own);
      size += own.length;
      young.add(own);
    },
    known: () => [young, old].filter((s) => s !== undefined),
  };
}
