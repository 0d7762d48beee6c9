/** The types of spec files as they are written in YAML, valid against their JSON Schema; specs/schema describes each key. */
import type { CallMembers, Json, Schema, Source } from "../../model/index.ts";

export type RawRefusal =
  | (string | number)[]
  | { codes: (string | number)[]; inferred?: string; source?: Source }
  | { unspecified: string; source?: Source };
export type RawRefusals = Record<string, RawRefusal>;
export interface RawState {
  state?: string;
  listOf?: string;
  count?: number;
  containers?: string | string[];
  createMembers?: CallMembers;
  itemMember?: string;
  first?: RawState;
}
export interface RawError {
  description?: string;
  status?: number | number[];
  cause?: string | string[];
  raisedBy?: string;
  reason?: string;
  source?: Source;
}
export interface RawDocumentedAs {
  name?: string;
  type?: string;
}
export interface RawConflict {
  constraint: string;
  chars?: string;
  length?: [number, number];
  bytes?: [number, number];
  items?: [number, number];
  description: string;
  source?: Source;
}
export interface RawPlace {
  refusals?: RawRefusals;
  conflicts?: RawConflict[];
  positiveValues?: { values: Json[]; reason: string };
  source?: Source;
}
export interface RawParameter {
  required?: boolean;
  asDocumented?: RawDocumentedAs;
  schema: Schema;
  anchored?: false;
  uniqueWithin?: string;
  refusals?: RawRefusals & { items?: RawRefusals };
  /** By path, such as `[].Key`. */
  places?: Record<string, RawPlace>;
  conflicts?: RawConflict[];
  positiveValues?: { values: "never" | Json[]; reason: string };
  fillWith?: RawState;
  source?: Source;
}
export interface RawCall {
  call: string;
  members?: CallMembers;
}
export interface RawPrecedingCall extends RawCall {
  refused?: (string | number)[];
}
export interface RawSituation {
  where?: Record<string, RawState>;
  precedingCalls?: RawPrecedingCall[];
  additionalMembers?: CallMembers;
  refused?: RawRefusal;
  succeeds?: true;
  effects?: { success?: string; refused?: string };
  source?: Source;
}
export interface RawSample {
  title: string;
  binding: string;
  request: CallMembers;
  response: Json;
  given?: Record<string, RawState>;
  uniqueMembers?: string[];
  serverAssigned?: string[];
  alternativeCodes?: (string | number)[];
  source?: Source;
}
export interface RawReturnedList {
  listPointer: string;
  resource: string | string[];
  idMember?: string;
  members?: CallMembers;
  counts?: Record<string, string>;
  entryFor?: string;
  totalPointer?: string;
  itemTotals?: Record<string, string>;
  pageSize?: string;
  offset?: string;
  nextToken?: string;
  truncatedPointer?: string;
  filters?: Record<string, string | { member: string; pattern?: string }>;
}
export interface RawAction {
  action: string;
  description: string;
  source: Source;
  rateLimit?: string;
  path?: string;
  commonParameters?: string[];
  parameters?: Record<string, RawParameter>;
  crossParameterRules?: Record<string, { schema: Schema; refused: RawRefusal; source?: Source }>;
  precedence?: { breaches: Record<string, string>; refused: RawRefusal; source?: Source }[];
  refusals?: RawRefusals;
  given?: Record<string, RawState>;
  situations?: Record<string, RawSituation>;
  effects?: { success?: string; refused?: string };
  output: Schema;
  itemResults?: {
    listPointer: string;
    idMember: string;
    resultMember: string;
    successValues: Json[];
    valuesByState?: Record<string, Json[]>;
  };
  returnsList?: RawReturnedList;
  returnsResource?: { parameter?: string; pointer?: string; members?: CallMembers; counts?: Record<string, string> };
  samples?: RawSample[];
  errors?: "all of service" | (string | number)[] | Record<string, RawError | null>;
  remarks?: { description: string; source?: Source }[];
}
export interface RawPagination {
  parameter: string;
  totalPointer?: string;
}
export interface RawProbe extends RawCall {
  pagination?: RawPagination;
  expectSuccess?: true;
  expectCodes?: (string | number)[];
  expectListed?: CallMembers;
  expectNotListed?: CallMembers;
}
export interface RawResource {
  create?: string;
  createMembers?: CallMembers;
  id: string;
  containers?: string | string[];
  requiredFromTarget?: string;
  unknownIdPattern?: string;
  delete?: string;
  deletedWith?: string | string[];
  deletedAfterLast?: string;
  consistencySeconds?: number;
  lookup?: {
    call: string;
    members?: CallMembers;
    pagination?: RawPagination;
    listPointer: string;
    idMember: string;
  } & CallMembers;
  probes?: Record<string, RawProbe>;
}
export interface RawService {
  service: string;
  version: string;
  description: string;
  source: Source;
  envelope: string;
  host: string;
  credentialScope?: string;
  targetPrefix?: string;
  bindings: string[];
  rateLimit?: string;
  refusals?: RawRefusals;
  errors?: Record<string, RawError | null>;
  resources?: Record<string, RawResource>;
  ping?: RawCall;
  account?:
    | { credential: "app" }
    | { call: string; requirements?: Record<string, string>; pointer: string; pattern?: string };
}
export interface RawShape {
  status: number[];
  contentType: string[] | "any";
  emptyBody?: boolean;
  schema: Schema;
}
export interface RawCommonParameter {
  asDocumented?: RawDocumentedAs;
  in?: "header" | "query" | "form";
  required?: boolean;
  schema: Schema;
  refusals?: RawRefusals;
  conflicts?: { constraint: string; seconds: [number, number]; description: string; source?: Source }[];
  signed?: boolean;
  source?: Source;
}
export interface RawEnvelope {
  envelope: string;
  description: string;
  source: Source;
  success: RawShape;
  refusal: RawShape;
  discriminator: { refusal?: { existingPointer: string }; success?: "status" | { pointer: string; equals: Json } };
  output?: string;
  code: {
    locations: ({ body: string } | { header: string })[];
    trim?: { before?: string; after?: string };
    readers?: Record<string, string[]>;
  };
  requestId: "none" | { body: string } | { header: string };
  bindings?: Record<
    string,
    {
      extends?: string;
      in?: "header" | "query" | "form";
      maxBytes?: number;
      parameters?: Record<string, RawCommonParameter>;
      refusals?: RawRefusals;
    }
  >;
  codes?: Record<string, RawError | null>;
  notImplementedCodes?: (string | number)[];
}
