/** A registry and ids → its entries of these ids. */
import { didYouMean } from "../spec/problem.ts";

/** @throws where one of the ids is none of them; the message names what is near, or where all stand. */
export function findByIds<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[],
  what: string,
): T[] {
  return ids.map((id) => {
    const found = all.find((one) => one.id === id);
    if (found) return found;
    const near = didYouMean(
      id,
      all.map((one) => one.id),
    );
    throw new Error(`no ${what} "${id}"${near || `; there are ${all.length}, which \`assay list ${what}s\` names`}`);
  });
}
