/** Blocks of text → a page of a limited number of bytes: whole blocks only, and what found no room is counted at its end. */
import type { Write } from "../report.ts";
import { plural } from "../text/visible-text.ts";

export interface BoundedPage {
  /** Lines that belong together. Where they find no room, `what` is named at the end. */
  block(name: string, lines: readonly string[]): void;
  /** Items under some lines: each whole or not at all, the others counted at the end as so many `noun`s. */
  items(head: readonly string[], items: Iterable<readonly string[]>, noun: string): void;
  /** So many that are not listed, room or no room. */
  more(count: number, noun: string): void;
  /** What is not on the page, then the last line, which has to be short. */
  end(source: string, lastLine: string): void;
}

/** Kept free for the end. */
const RESERVED_BYTES = 4096;

/** `limit` is in bytes of UTF-8. */
export function createBoundedPage(write: Write, limit: number): BoundedPage {
  let remainingBytes = limit - RESERVED_BYTES;
  const omittedItems = new Map<string, number>();
  const omittedBlocks: string[] = [];
  /** `more` bytes are paid for, too. */
  const writeIfRoom = (lines: readonly string[], more = 0): boolean => {
    const text = `${lines.join("\n")}\n`;
    const bytes = Buffer.byteLength(text) + more;
    if (bytes > remainingBytes) return false;
    remainingBytes -= bytes;
    write(text);
    return true;
  };
  const more = (count: number, noun: string): void => {
    if (count > 0) omittedItems.set(noun, (omittedItems.get(noun) ?? 0) + count);
  };
  return {
    block(name, lines) {
      if (!writeIfRoom([...lines, ""])) omittedBlocks.push(name);
    },
    items(head, items, noun) {
      let started = false;
      for (const lines of items) {
        // The empty line after the list is paid for with its first item.
        if (started ? writeIfRoom(lines) : writeIfRoom([...head, ...lines], 1)) started = true;
        else more(1, noun);
      }
      if (started) write("\n");
    },
    more,
    end(source, lastLine) {
      const omitted = [...[...omittedItems].map(([noun, count]) => plural(count, noun)), ...omittedBlocks];
      if (omitted.length > 0) write(`Not shown here: ${omitted.join(", ")}; see ${source}.\n\n`);
      write(`${lastLine}\n`);
    },
  };
}
