/** What a format of comparisons is: a pure function that writes text in chunks. */
import type { Comparison, Matrix } from "../../runner/model/index.ts";
import type { RenderOptions, Write } from "../report.ts";

export interface CompareFormat {
  readonly id: "console" | "markdown" | "json" | "html";
  /** Its name in the folder of the comparison; null where it is for the terminal. */
  readonly file: string | null;
  readonly comparison: (comparison: Comparison, write: Write, options?: RenderOptions) => void;
  readonly matrix: (matrix: Matrix, write: Write, options?: RenderOptions) => void;
}
