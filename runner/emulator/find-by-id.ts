/** A registry and ids → its entries of these ids. */
import { didYouMean } from "../spec/problem.ts";

/**
 * `kind` names an entry in messages, such as `fault`.
 * @throws for an unknown id; the message suggests similar ids or the command that lists all.
 */
export function findByIds<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[],
  kind: string,
): T[] {
  return ids.map((id) => {
    const entry = all.find((e) => e.id === id);
    if (entry) return entry;
    const suggestion = didYouMean(
      id,
      all.map((e) => e.id),
    );
    throw new Error(`unknown ${kind} "${id}"${suggestion || `; \`assay list ${kind}s\` prints all ${all.length}`}`);
  });
}
