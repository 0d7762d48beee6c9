/** What the specs hold: parameters, states, situations, actions, resources, services, rules. */
import type {
  CallMembers,
  ErrorCode,
  ExpectedRefusal,
  Json,
  Level,
  Schema,
  Source,
  SpecConflict,
} from "./documents.ts";
import type { Envelope } from "./envelope.ts";

/** A named existence: `new` is not there before, `unknown` never was, `deleted` was once. */
export type StateKind = "existing" | "new" | "another" | "unknown" | "deleted";

/** The state that one parameter names. `each` makes a list of `count`, each wrapped in an object member `as` if given. */
export interface ResourceState {
  readonly kind: StateKind;
  readonly resource: string;
  readonly isList: boolean;
  readonly count: number;
  readonly itemMember?: string;
  /** Containers: the parameter that names one, or a state word such as "another group". */
  readonly containers: readonly string[];
  /** Arguments of the resource's create. */
  readonly createMembers: CallMembers;
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly asDocumented: { readonly name: string; readonly type: string };
  readonly schema: Schema;
  /** False where a page means its pattern to match anywhere. */
  readonly anchored: boolean;
  /** The scope within which a value may stand once: `account`, or the name of a sibling parameter. */
  readonly uniqueWithin?: string;
  /** By breach; service defaults are merged in. */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
  /** By breach of an item of the list. */
  readonly itemRefusals: ReadonlyMap<string, ExpectedRefusal>;
  readonly conflicts: readonly SpecConflict[];
  /** Values that positive cases may use, or `never`. */
  readonly positiveValues?: { readonly values: readonly Json[] | "never"; readonly reason: string };
  readonly fillWith?: ResourceState;
  readonly source: Source;
}

/** A rule over several parameters, e.g. "either Image or Url". */
export interface CrossParameterRule {
  readonly name: string;
  readonly schema: Schema;
  readonly refusal: ExpectedRefusal;
  readonly source: Source;
}

/** `call: "this"` is the judged action; otherwise the name of an action of the same service. */
export interface PrecedingCall {
  readonly call: string;
  /** Literal members; `fresh` is the token of the case. */
  readonly members: CallMembers;
  /** Members that name another state than the judged call's. */
  readonly where: ReadonlyMap<string, ResourceState>;
}

/** One difference from the given state, and what then happens. `with` adds members to the judged call. */
export interface Situation {
  readonly name: string;
  readonly where: ReadonlyMap<string, ResourceState>;
  readonly precedingCalls: readonly PrecedingCall[];
  readonly additionalMembers: CallMembers;
  /** Null: the call succeeds. */
  readonly refused: ExpectedRefusal | null;
  readonly effects?: Effects;
  readonly source: Source;
}

/** Names of probes of the action's resource; `unchanged` after a refusal. */
export interface Effects {
  readonly success?: string;
  readonly refused?: string;
}

/** Two breaches in one call of which a document says which is told. */
export interface Precedence {
  /** By parameter. */
  readonly breaches: ReadonlyMap<string, string>;
  readonly refusal: ExpectedRefusal;
  readonly source: Source;
}

export interface Sample {
  readonly number: number;
  readonly title: string;
  readonly binding: string;
  readonly request: CallMembers;
  readonly response: Json;
  readonly given: ReadonlyMap<string, ResourceState>;
  readonly uniqueMembers: readonly string[];
  readonly serverAssigned: readonly string[];
  readonly alternativeCodes: readonly string[];
  readonly source: Source;
}

/** Where an answer's list holds a result per entry: `in` a pointer into the output, `ok` the good results. */
export interface ItemResults {
  readonly listPointer: string;
  readonly idMember: string;
  readonly resultMember: string;
  readonly successValues: readonly Json[];
}

export interface Action {
  /** `tencent/iai/CreateGroup` */
  readonly id: string;
  readonly name: string;
  readonly service: Service;
  readonly description: string;
  readonly source: Source;
  /** Documented calls per second; absent where the page gives none. */
  readonly rateLimit?: number;
  /** The path where each action has its own (IM). */
  readonly path?: string;
  /** The common parameters that the action's own page prints, by their printed names. */
  readonly commonParameters: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly crossParameterRules: readonly CrossParameterRule[];
  /** What an undeclared member gets. */
  readonly undeclaredMember: ExpectedRefusal;
  readonly given: ReadonlyMap<string, ResourceState>;
  readonly situations: readonly Situation[];
  readonly precedence: readonly Precedence[];
  readonly effects: Effects;
  readonly output: Schema;
  readonly itemResults?: ItemResults;
  readonly samples: readonly Sample[];
  /** The page's own table, in the page's order, causes resolved. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  readonly remarks: readonly { readonly description: string; readonly source: Source }[];
  /** The resource that an accepted call creates; absent where it creates none. */
  readonly creates?: Resource;
  /** The resources that an accepted call deletes. */
  readonly deletes: readonly Resource[];
  /** True where an accepted call changes state: it creates, deletes or declares an effect of success. */
  readonly mutating: boolean;
}

/** One call that looks at a resource. `with` values: `id`, `in`, `input.X`, or a literal. */
export interface Probe {
  readonly call: string;
  readonly members: CallMembers;
  readonly pagination?: { readonly parameter: string; readonly totalPointer?: string };
  readonly expectSuccess?: true;
  readonly expectCodes?: readonly string[];
  readonly expectListed?: CallMembers;
  readonly expectNotListed?: CallMembers;
}

export interface Resource {
  readonly name: string;
  readonly create?: string;
  readonly createMembers: CallMembers;
  /** `input.X` (also `input.X[].Y`), `output.X.Y`, or `given` (the target names it). */
  readonly id: string;
  readonly containers: readonly string[];
  readonly requiredFromTarget?: string;
  /** What an unknown id looks like; else one is made from the schema. */
  readonly unknownIdPattern?: string;
  readonly delete?: string;
  readonly deletedWith: readonly string[];
  readonly deletedAfterLast?: string;
  /** Seconds until a change is seen everywhere. */
  readonly consistencySeconds: number;
  readonly lookup?: {
    readonly call: string;
    readonly members: CallMembers;
    readonly pagination?: Probe["pagination"];
    readonly listPointer: string;
    readonly idMember: string;
    readonly match: CallMembers;
  };
  readonly probes: ReadonlyMap<string, Probe>;
}

/** How the account is told: by a credential, or at a place of an answer, there by the first group of a pattern. */
export type AccountLookup =
  | { readonly credential: "app" }
  | {
      /** The id of an action, also of another service. */
      readonly call: string;
      /** By parameter, the need that the target gives for it. */
      readonly requirements: Readonly<Record<string, string>>;
      readonly pointer: string;
      readonly pattern?: string;
    };

export interface Service {
  /** `tencent/iai` */
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly host: string;
  /** The credential scope's service. */
  readonly credentialScope: string;
  /** The X-Amz-Target prefix. */
  readonly targetPrefix?: string;
  readonly envelope: Envelope;
  /** The first is the main one. */
  readonly bindings: readonly string[];
  readonly rateLimit?: number;
  /** The table that the actions share. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly ping?: { readonly call: string; readonly with: CallMembers };
  readonly account?: AccountLookup;
  readonly actions: ReadonlyMap<string, Action>;
}

/** One checkable sentence of a document. */
export interface Rule {
  readonly id: string;
  readonly action: string;
  /** `GroupId`, `GroupExDescriptions[]`, `situation` */
  readonly path: string;
  readonly breach: string;
  readonly value: Json;
  readonly level: Level;
  readonly codes: readonly string[] | "success";
  readonly source: Source;
}
