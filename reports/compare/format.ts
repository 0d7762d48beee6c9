/** Format of comparisons: pure functions that write text in chunks. */
import type { Comparison, Matrix } from "../../runner/model/index.ts";
import type { RenderOptions, Write } from "../report.ts";

export interface CompareFormat {
  readonly id: "console" | "markdown" | "json" | "html";
  /** File name in the output folder; null for the terminal. */
  readonly file: string | null;
  readonly comparison: (comparison: Comparison, write: Write, options?: RenderOptions) => void;
  readonly matrix: (matrix: Matrix, write: Write, options?: RenderOptions) => void;
}
