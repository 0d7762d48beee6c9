/** The content of a folder of specs. */
import type { Action, Service } from "../model/index.ts";
import type { Problem } from "./problem.ts";

/** All services and actions of a folder of specs, and the problems of its files. */
export interface Specs {
  /** Path of the folder. */
  readonly dir: string;
  /** By id, e.g. `tencent/iai`. */
  readonly services: ReadonlyMap<string, Service>;
  /** By id, e.g. `tencent/iai/CreateGroup`. */
  readonly actions: ReadonlyMap<string, Action>;
  /** Path of the file, by id of the action. */
  readonly files: ReadonlyMap<string, string>;
  /** Problems of the files; empty in what `readSpecs` returns. */
  readonly problems: readonly Problem[];
  /** True where the build has checked these very files, so that nothing about them need be checked again. */
  readonly linted: boolean;
}
