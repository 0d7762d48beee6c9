/** A state whose resource does not exist -> the message, which names the words that may stand before a resource. */
import { didYouMean, suggestNames } from "../spec/problem.ts";

/** A resource without such a word exists. */
const STATE_WORDS = ["another", "new", "unknown", "deleted"];

export function unknownResource(words: string, service: string, resources: readonly string[]): string {
  const [first = "", ...rest] = words.split(" ");
  const resource = rest.join(" ");
  return resources.includes(resource)
    ? `"${first}" is no state of a ${resource}; write "${resource}" for one that exists, or before it one of ${STATE_WORDS.join(", ")}${didYouMean(first, STATE_WORDS)}`
    : `no resource "${words}" in ${service}${suggestNames(words, resources)}`;
}
