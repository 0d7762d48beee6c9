/** Blocks of text → a page with a limited number of bytes: each block whole or omitted; the end of the page counts what is omitted. */
import type { Write } from "../report.ts";
import { plural } from "../text/visible-text.ts";

export interface BoundedPage {
  /** Lines that belong together. `name` is listed at the end of the page where they do not fit. */
  block(name: string, lines: readonly string[]): void;
  /** Head lines and items. An item that does not fit is omitted as a whole and counted as a `noun` at the end of the page. */
  items(head: readonly string[], items: Iterable<readonly string[]>, noun: string): void;
  /** Counts items that are not listed for another reason than the size. */
  more(count: number, noun: string): void;
  /** What was omitted and where (`source`) it can be found, then the last line, which must be shorter than the reserve. */
  end(source: string, lastLine: string): void;
}

/** Bytes that are kept for `end`. */
const RESERVED_BYTES = 4096;

/** `limit` is in bytes of UTF-8. */
export function createBoundedPage(write: Write, limit: number): BoundedPage {
  let remainingBytes = limit - RESERVED_BYTES;
  const omittedItems = new Map<string, number>();
  const omittedBlocks: string[] = [];
  /** `extraBytes`: of text that the caller writes later. */
  const writeIfRoom = (lines: readonly string[], extraBytes = 0): boolean => {
    const text = `${lines.join("\n")}\n`;
    const bytes = Buffer.byteLength(text) + extraBytes;
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
        // The empty line after the list is counted with its first item.
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
