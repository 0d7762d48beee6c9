/** All types of the model. Values are in status.ts and redacted.ts. */
export type * from "./case.ts";
export type * from "./comparison.ts";
export type * from "./coverage.ts";
export type * from "./documents.ts";
export type * from "./envelope.ts";
export type * from "./http.ts";
export type * from "./log.ts";
export type * from "./protocol.ts";
export type * from "./resource-state.ts";
export type * from "./spec.ts";
export type * from "./status.ts";
export type * from "./target.ts";
export type * from "./verdict.ts";
