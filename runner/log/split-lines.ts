/** File → its lines with their places, read in chunks. */
import { readSync } from "node:fs";

/** A line with its number from 1, its byte offset and length; `whole` is false where the file ends without a line feed. */
export interface RawLine {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly isComplete: boolean;
}

/** Walks an open file from its beginning; a carriage return stays part of its line. */
export function* splitLines(file: number): Generator<RawLine> {
  const chunk = Buffer.allocUnsafe(1 << 18);
  let kept: Buffer[] = [];
  let offset = 0;
  let number = 1;
  const line = (rest: Buffer, isComplete: boolean): RawLine => {
    const bytes = kept.length === 0 ? rest : Buffer.concat([...kept, rest]);
    return { text: bytes.toString("utf8"), number, offset, length: bytes.length, isComplete };
  };
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0 && to < read; to = chunk.indexOf(10, from)) {
      const next = line(chunk.subarray(from, to), true);
      yield next;
      kept = [];
      offset += next.length + 1;
      number += 1;
      from = to + 1;
    }
    if (from < read) kept.push(Buffer.from(chunk.subarray(from, read)));
  }
  if (kept.length > 0) yield line(Buffer.alloc(0), false);
}
