/** Blocks of text → a page of a limited number of bytes: whole blocks only, and what found no room is counted at its end. */
import type { Write } from "../report.ts";
import { plural } from "../text/visible-text.ts";

export interface BoundedPage {
  /** Lines that belong together. Where they find no room, `what` is named at the end. */
  block(what: string, lines: readonly string[]): void;
  /** Items under some lines: each whole or not at all, the others counted at the end as so many `noun`s. */
  items(head: readonly string[], items: Iterable<readonly string[]>, noun: string): void;
  /** So many that are not listed, room or no room. */
  more(count: number, noun: string): void;
  /** What is not on the page, then the last line, which has to be short. */
  end(where: string, last: string): void;
}

/** Kept free for the end. */
const reserve = 4096;

/** `limit` is in bytes of UTF-8. */
export function createBoundedPage(write: Write, limit: number): BoundedPage {
  let left = limit - reserve;
  const missing = new Map<string, number>();
  const named: string[] = [];
  /** `more` bytes are paid for, too. */
  const put = (lines: readonly string[], more = 0): boolean => {
    const text = `${lines.join("\n")}\n`;
    const bytes = Buffer.byteLength(text) + more;
    if (bytes > left) return false;
    left -= bytes;
    write(text);
    return true;
  };
  const more = (count: number, noun: string): void => {
    if (count > 0) missing.set(noun, (missing.get(noun) ?? 0) + count);
  };
  return {
    block(what, lines) {
      if (!put([...lines, ""])) named.push(what);
    },
    items(head, items, noun) {
      let begun = false;
      for (const lines of items) {
        // The empty line after the list is paid for with its first item.
        if (begun ? put(lines) : put([...head, ...lines], 1)) begun = true;
        else more(1, noun);
      }
      if (begun) write("\n");
    },
    more,
    end(where, last) {
      const all = [...[...missing].map(([noun, count]) => plural(count, noun)), ...named];
      if (all.length > 0) write(`Not shown here: ${all.join(", ")}; see ${where}.\n\n`);
      write(`${last}\n`);
    },
  };
}
