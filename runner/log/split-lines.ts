/** File → its lines with their positions, read in chunks. */
import { readSync } from "node:fs";

/** `number` counts from 1, `offset` and `length` are in bytes. `isComplete` is false for a last line without a line feed. */
export interface RawLine {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly isComplete: boolean;
}

/** Reads an open file from its beginning; a carriage return stays part of its line. */
export function* splitLines(file: number): Generator<RawLine> {
  const chunk = Buffer.allocUnsafe(1 << 18);
  /** The parts of a line that continues in the next chunk. */
  let partial: Buffer[] = [];
  let offset = 0;
  let number = 1;
  const line = (lastPart: Buffer, isComplete: boolean): RawLine => {
    const bytes = partial.length === 0 ? lastPart : Buffer.concat([...partial, lastPart]);
    return { text: bytes.toString("utf8"), number, offset, length: bytes.length, isComplete };
  };
  for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0 && to < size; to = chunk.indexOf(10, from)) {
      const next = line(chunk.subarray(from, to), true);
      yield next;
      partial = [];
      offset += next.length + 1;
      number += 1;
      from = to + 1;
    }
    if (from < size) partial.push(Buffer.from(chunk.subarray(from, size)));
  }
  if (partial.length > 0) yield line(Buffer.alloc(0), false);
}
