/** The YAML forms as they stand in the files, after their schema held. Types only. */
import type { Json, Members, Schema, Source } from "../../model/index.ts";

export type RawRefusal =
  | (string | number)[]
  | { codes: (string | number)[]; inferred?: string; source?: Source }
  | { may: string; source?: Source };
export type RawRefusals = Record<string, RawRefusal>;
export interface RawState {
  is?: string;
  each?: string;
  count?: number;
  in?: string | string[];
  with?: Members;
  as?: string;
}
export interface RawError {
  says?: string;
  status?: number | number[];
  cause?: string | string[];
  of?: string;
  why?: string;
  source?: Source;
}
export interface RawPrinted {
  name?: string;
  type?: string;
}
export interface RawParameter {
  required?: boolean;
  printed?: RawPrinted;
  schema: Schema;
  anchored?: false;
  unique?: string;
  refusals?: RawRefusals & { items?: RawRefusals };
  conflicts?: {
    at: string;
    chars?: string;
    length?: [number, number];
    bytes?: [number, number];
    items?: [number, number];
    says: string;
    source?: Source;
  }[];
  send?: { values: "never" | Json[]; why: string };
  fill?: RawState;
  source?: Source;
}
export interface RawCall {
  call: string;
  with?: Members;
}
export interface RawSituation {
  where?: Record<string, RawState>;
  before?: RawCall[];
  with?: Members;
  refused?: RawRefusal;
  succeeds?: true;
  effects?: { success?: string; refused?: string };
  source?: Source;
}
export interface RawSample {
  title: string;
  binding: string;
  request: Members;
  response: Json;
  given?: Record<string, RawState>;
  fresh?: string[];
  bound?: string[];
  also?: (string | number)[];
  source?: Source;
}
export interface RawAction {
  action: string;
  says: string;
  source: Source;
  pace?: string;
  path?: string;
  common?: string[];
  parameters?: Record<string, RawParameter>;
  input?: Record<string, { schema: Schema; refused: RawRefusal; source?: Source }>;
  precedence?: { breaches: Record<string, string>; refused: RawRefusal; source?: Source }[];
  refusals?: RawRefusals;
  given?: Record<string, RawState>;
  situations?: Record<string, RawSituation>;
  effects?: { success?: string; refused?: string };
  output: Schema;
  items?: { in: string; key: string; result: string; ok: Json[] };
  samples?: RawSample[];
  errors?: "all of service" | (string | number)[] | Record<string, RawError | null>;
  remarks?: { says: string; source?: Source }[];
}
export interface RawPages {
  by: string;
  until?: string;
}
export interface RawProbe extends RawCall {
  pages?: RawPages;
  success?: true;
  refused?: (string | number)[];
  finds?: Members;
  lacks?: Members;
}
export interface RawResource {
  create?: string;
  with?: Members;
  id: string;
  in?: string | string[];
  needs?: string;
  unknown?: string;
  delete?: string;
  "gone-with"?: string | string[];
  "last-of"?: string;
  settles?: number;
  find?: { call: string; with?: Members; pages?: RawPages; in: string; id: string } & Members;
  probes?: Record<string, RawProbe>;
}
export interface RawService {
  service: string;
  version: string;
  says: string;
  source: Source;
  envelope: string;
  host: string;
  scope?: string;
  target?: string;
  bindings: string[];
  pace?: string;
  refusals?: RawRefusals;
  errors?: Record<string, RawError | null>;
  resources?: Record<string, RawResource>;
  ping?: RawCall;
  account?: { credential: "app" } | { call: string; given?: Record<string, string>; at: string; pattern?: string };
}
export interface RawShape {
  status: number[];
  contentType: string[] | "any";
  emptyBody?: boolean;
  schema: Schema;
}
export interface RawCommon {
  printed?: RawPrinted;
  in?: "header" | "query" | "form";
  required?: boolean;
  schema: Schema;
  refusals?: RawRefusals;
  conflicts?: { at: string; seconds: [number, number]; says: string; source?: Source }[];
  signed?: boolean;
  source?: Source;
}
export interface RawEnvelope {
  envelope: string;
  says: string;
  source: Source;
  success: RawShape;
  refusal: RawShape;
  discriminator: { refusal?: { has: string }; success?: "status" | { at: string; is: Json } };
  output?: string;
  code: { at: ({ body: string } | { header: string })[]; clean?: { before?: string; after?: string } };
  requestId: "none" | { body: string } | { header: string };
  common?: Record<
    string,
    {
      extend?: string;
      in?: "header" | "query" | "form";
      size?: number;
      parameters?: Record<string, RawCommon>;
      refusals?: RawRefusals;
    }
  >;
  codes?: Record<string, RawError | null>;
  lacks?: (string | number)[];
}
