/** What the specs hold: parameters, states, situations, actions, resources, services, rules. */
import type { Conflict, ErrorCode, Json, Level, Members, Refusal, Schema, Source } from "./documents.ts";
import type { Envelope } from "./envelope.ts";

/** A named existence: `new` is not there before, `unknown` never was, `deleted` was once. */
export type Existence = "existing" | "new" | "another" | "unknown" | "deleted";

/** The state that one parameter names. `each` makes a list of `count`, each wrapped in an object member `as` if given. */
export interface State {
  readonly existence: Existence;
  readonly resource: string;
  readonly each: boolean;
  readonly count: number;
  readonly as?: string;
  /** Containers: the parameter that names one, or a state word such as "another group". */
  readonly in: readonly string[];
  /** Arguments of the resource's create. */
  readonly with: Members;
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly printed: { readonly name: string; readonly type: string };
  readonly schema: Schema;
  /** False where a page means its pattern to match anywhere. */
  readonly anchored: boolean;
  /** The scope within which a value may stand once: `account`, or the name of a sibling parameter. */
  readonly unique?: string;
  /** By breach; service defaults are merged in. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** By breach of an item of the list. */
  readonly itemRefusals: ReadonlyMap<string, Refusal>;
  readonly conflicts: readonly Conflict[];
  /** Values that positive cases may use, or `never`. */
  readonly send?: { readonly values: readonly Json[] | "never"; readonly why: string };
  readonly fill?: State;
  readonly source: Source;
}

/** A rule over several parameters, e.g. "either Image or Url". */
export interface InputRule {
  readonly name: string;
  readonly schema: Schema;
  readonly refusal: Refusal;
  readonly source: Source;
}

/** `call: "this"` is the judged action; otherwise the name of an action of the same service. */
export interface Before {
  readonly call: string;
  /** Literal members; `fresh` is the token of the case. */
  readonly with: Members;
  /** Members that name another state than the judged call's. */
  readonly where: ReadonlyMap<string, State>;
}

/** One difference from the given state, and what then happens. `with` adds members to the judged call. */
export interface Situation {
  readonly name: string;
  readonly where: ReadonlyMap<string, State>;
  readonly before: readonly Before[];
  readonly with: Members;
  /** Null: the call succeeds. */
  readonly refused: Refusal | null;
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
  readonly refusal: Refusal;
  readonly source: Source;
}

export interface Sample {
  readonly n: number;
  readonly title: string;
  readonly binding: string;
  readonly request: Members;
  readonly response: Json;
  readonly given: ReadonlyMap<string, State>;
  readonly fresh: readonly string[];
  readonly bound: readonly string[];
  readonly also: readonly string[];
  readonly source: Source;
}

/** Where an answer's list holds a result per entry: `in` a pointer into the output, `ok` the good results. */
export interface ItemResults {
  readonly in: string;
  readonly key: string;
  readonly result: string;
  readonly ok: readonly Json[];
}

export interface Action {
  /** `tencent/iai/CreateGroup` */
  readonly id: string;
  readonly name: string;
  readonly service: Service;
  readonly says: string;
  readonly source: Source;
  /** Documented calls per second; absent where the page gives none. */
  readonly pace?: number;
  /** The path where each action has its own (IM). */
  readonly path?: string;
  /** The common parameters that the action's own page prints, by their printed names. */
  readonly common: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly input: readonly InputRule[];
  /** What an undeclared member gets. */
  readonly unknown: Refusal;
  readonly given: ReadonlyMap<string, State>;
  readonly situations: readonly Situation[];
  readonly precedence: readonly Precedence[];
  readonly effects: Effects;
  readonly output: Schema;
  readonly items?: ItemResults;
  readonly samples: readonly Sample[];
  /** The page's own table, in the page's order, causes resolved. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  readonly remarks: readonly { readonly says: string; readonly source: Source }[];
  /** True where an accepted call changes state: it creates, deletes or declares an effect of success. */
  readonly mutating: boolean;
}

/** One call that looks at a resource. `with` values: `id`, `in`, `input.X`, or a literal. */
export interface Probe {
  readonly call: string;
  readonly with: Members;
  readonly pages?: { readonly by: string; readonly until?: string };
  readonly success?: true;
  readonly refused?: readonly string[];
  readonly finds?: Members;
  readonly lacks?: Members;
}

export interface Resource {
  readonly name: string;
  readonly create?: string;
  readonly with: Members;
  /** `input.X` (also `input.X[].Y`), `output.X.Y`, or `given` (the target names it). */
  readonly id: string;
  readonly in: readonly string[];
  readonly needs?: string;
  /** What an unknown id looks like; else one is made from the schema. */
  readonly unknown?: string;
  readonly delete?: string;
  readonly goneWith: readonly string[];
  readonly lastOf?: string;
  /** Seconds until a change is seen everywhere. */
  readonly settles: number;
  readonly find?: {
    readonly call: string;
    readonly with: Members;
    readonly pages?: Probe["pages"];
    readonly in: string;
    readonly id: string;
    readonly match: Members;
  };
  readonly probes: ReadonlyMap<string, Probe>;
}

/** How the account is told: by a credential, or at a place of an answer, there by the first group of a pattern. */
export type AccountSource =
  | { readonly credential: "app" }
  | {
      /** The id of an action, also of another service. */
      readonly call: string;
      /** By parameter, the need that the target gives for it. */
      readonly given: Readonly<Record<string, string>>;
      readonly at: string;
      readonly pattern?: string;
    };

export interface Service {
  /** `tencent/iai` */
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly says: string;
  readonly host: string;
  /** The credential scope's service. */
  readonly scope: string;
  /** The X-Amz-Target prefix. */
  readonly target?: string;
  readonly envelope: Envelope;
  /** The first is the main one. */
  readonly bindings: readonly string[];
  readonly pace?: number;
  /** The table that the actions share. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly ping?: { readonly call: string; readonly with: Members };
  readonly account?: AccountSource;
  readonly actions: ReadonlyMap<string, Action>;
}

/** One checkable sentence of a document. */
export interface Rule {
  readonly id: string;
  readonly action: string;
  /** `GroupId`, `GroupExDescriptions[]`, `situation` */
  readonly at: string;
  readonly breach: string;
  readonly value: Json;
  readonly level: Level;
  readonly codes: readonly string[] | "success";
  readonly source: Source;
}
