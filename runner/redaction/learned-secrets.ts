/** The secrets that a run learns from its exchanges. Their number is limited: the oldest are dropped. */
import { createSubstringSearch, MIN_SECRET_LENGTH, type SubstringSearch } from "./substring-search.ts";

export interface LearnedSecrets {
  learn(value: string): void;
  /** Searches that together contain all remembered values. */
  searches(): readonly SubstringSearch[];
}

/** Values per generation. Two generations are kept, so at least this many values are remembered and at most twice as many. */
const MAX_GENERATION_VALUES = 5000;
/** UTF-16 units per generation. Each encoded form of the values needs the same amount again. */
const MAX_GENERATION_LENGTH = 1 << 20;
/** In UTF-16 units. A longer value is an image; no message of the run quotes from it. */
const MAX_LEARNED_LENGTH = 4096;

/** `runId` is part of the names that the run gives to its resources: a value with it is not a secret, even where a response calls it one. */
export function createLearnedSecrets(runId: string): LearnedSecrets {
  let current: SubstringSearch | undefined;
  let previous: SubstringSearch | undefined;
  let values = new Set<string>();
  let size = 0;
  return {
    learn(value) {
      if (value.length < MIN_SECRET_LENGTH || value.length > MAX_LEARNED_LENGTH || values.has(value)) return;
      if (runId !== "" && value.includes(runId)) return;
      if (values.size >= MAX_GENERATION_VALUES || size + value.length > MAX_GENERATION_LENGTH) {
        previous = current;
        current = undefined;
        values = new Set();
        size = 0;
      }
      current ??= createSubstringSearch();
      // Copied, because a slice would keep the whole response text in memory.
      const copy = Buffer.from(value).toString();
      values.add(copy);
      size += copy.length;
      current.add(copy);
    },
    searches: () => [current, previous].filter((search) => search !== undefined),
  };
}
