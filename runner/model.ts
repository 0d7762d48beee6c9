/** Every noun of assay. Types only; nothing here runs. */
export type * from "./model/case.ts";
export type * from "./model/compare.ts";
export type * from "./model/coverage.ts";
export type * from "./model/documents.ts";
export type * from "./model/envelope.ts";
export type * from "./model/spec.ts";
export type * from "./model/target.ts";
export type * from "./model/verdict.ts";
export type * from "./model/wire.ts";
