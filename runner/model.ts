/** Every noun of assay. Types only; nothing here runs. */
import type { OpenAPIV3_1 } from "openapi-types";

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
/** The members of one call, by the vendor's names. */
export type Members = { [member: string]: Json };

/* ---- what the documents say ---- */

/** A place in a document: a page file of the project, or a page of the vendor with the day it was seen. */
export interface Source {
  readonly document?: string;
  readonly page?: string;
  readonly seen?: string;
  readonly section?: string | number;
  readonly row?: string | number;
  readonly sample?: number | readonly number[];
}

/** RFC 2119: a document says it; the code is inferred; the documents are silent or at odds. */
export type Level = "must" | "should" | "may";

export type Cause =
  | "request"
  | "state"
  | "busy"
  | "account"
  | "throttle"
  | "auth"
  | "front-door"
  | "fault"
  | "elsewhere"
  | "unreachable";

/** One row of an error table. `status` is empty where the envelope's refusal status holds. */
export interface ErrorCode {
  readonly code: string;
  readonly says: string;
  readonly status: readonly number[];
  readonly causes: readonly Cause[];
  readonly of?: string;
  readonly why?: string;
  readonly source: Source;
}

/** What a breach gets: the accepted codes, the best first. A `may` has none where nothing is known. */
export interface Refusal {
  readonly codes: readonly string[];
  readonly level: Level;
  readonly why?: string;
  readonly source: Source;
}

/** An OpenAPI 3.1 Schema Object with assay's three keywords: UTF-8 bytes, and seconds of a clock window. */
export type Schema = OpenAPIV3_1.SchemaObject & {
  readonly "x-maxBytes"?: number;
  readonly "x-minBytes"?: number;
  readonly "x-window"?: number;
};

/** Values over which the documents disagree with themselves: `chars` of a pattern, or a range of a measure. */
export interface Conflict {
  readonly at: string;
  readonly chars?: string;
  readonly length?: readonly [number, number];
  readonly bytes?: readonly [number, number];
  readonly items?: readonly [number, number];
  readonly says: string;
  readonly source: Source;
}

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
  readonly with: Members;
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
  readonly actions: ReadonlyMap<string, Action>;
}

/* ---- envelopes ---- */

export interface Shape {
  readonly status: readonly number[];
  readonly contentType: readonly string[] | "any";
  readonly emptyBody: boolean;
  readonly schema: Schema;
}

/** A common parameter: where it stands, what it may be, whether the signature covers it. */
export interface Common {
  readonly name: string;
  readonly printed: { readonly name: string; readonly type: string };
  readonly in: "header" | "query" | "form";
  readonly required: boolean;
  readonly schema: Schema;
  readonly signed: boolean;
  readonly refusals: ReadonlyMap<string, Refusal>;
}

export interface Envelope {
  readonly name: string;
  readonly says: string;
  readonly source: Source;
  readonly success: Shape;
  readonly refusal: Shape;
  /** What tells one from the other: a pointer that only a refusal has, a value that only a success has there, or the success statuses. */
  readonly discriminator:
    | { readonly kind: "refusal-has"; readonly at: string }
    | { readonly kind: "success-is"; readonly at: string; readonly value: Json }
    | { readonly kind: "status" };
  /** Pointer to the place that holds the action's output; empty for the whole body. */
  readonly output: string;
  /** In this order; `before` cuts the value at that text, `after` keeps what follows it. */
  readonly code: {
    readonly at: readonly ({ readonly body: string } | { readonly header: string })[];
    readonly clean?: { readonly before?: string; readonly after?: string };
  };
  readonly requestId: { readonly body: string } | { readonly header: string } | null;
  readonly common: ReadonlyMap<string, readonly Common[]>;
  readonly codes: ReadonlyMap<string, ErrorCode>;
  /** Codes that mean "I do not have this action". */
  readonly lacks: readonly string[];
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

/* ---- cases ---- */

export type Unit = "chars" | "bytes" | "items";

/** How a value is made when the call is bound; nothing random stands here. */
export type Recipe =
  | { readonly kind: "literal"; readonly value: Json }
  /** A text of exactly `length` units made of `of` characters, the run's token inside where it fits. */
  | { readonly kind: "text"; readonly unit: "chars" | "bytes"; readonly length: number; readonly of: string }
  /** The valid value with `insert` put in. */
  | { readonly kind: "marred"; readonly insert: string; readonly where: "start" | "inside" | "end" }
  | { readonly kind: "list"; readonly count: number }
  /** The valid list with its first item once more. */
  | { readonly kind: "repeat" }
  /** The value that an existing resource of this run has for the same parameter. */
  | { readonly kind: "taken" };

/** `item` is the index in a list; absent for the parameter itself. */
export interface Place {
  readonly parameter: string;
  readonly item?: number;
}

export type Edit =
  | { readonly op: "remove"; readonly at: readonly Place[] }
  | { readonly op: "set"; readonly at: Place; readonly value: Recipe };

export type Expectation =
  | { readonly outcome: "success" }
  | { readonly outcome: "refused"; readonly codes: readonly string[] }
  | { readonly outcome: "any" };

/** A situation, calls before, and one judged call with one deviation or none. */
export interface Case {
  readonly id: string;
  readonly family: string;
  readonly action: Action;
  readonly binding: string;
  readonly level: Level;
  readonly expect: Expectation;
  /** Id of the rule; null for a valid call. */
  readonly rule: string | null;
  /** Which causes an undocumented choice of code may have without being a `must` finding. */
  readonly fits: readonly Cause[];
  readonly title: string;
  readonly why?: string;
  readonly source: Source;
  /** The parameters that are sent, before the deviation. */
  readonly members: readonly string[];
  readonly situation: Situation | null;
  /** A resource that is there besides the given ones; a `taken` value comes from it. */
  readonly beside: State | null;
  readonly sample: Sample | null;
  readonly edit: Edit | null;
  /** Key of the control: action, binding, members and given resources. */
  readonly control: string;
}

/* ---- the wire ---- */

export interface HttpRequest {
  readonly method: string;
  /** Raw, with the query; sent as it stands. */
  readonly path: string;
  /** In order, with repeats; names in the case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Set where the body went on beyond the cap and was cut. */
  readonly cut?: boolean;
}

export interface Credentials {
  /** IM: sdkappid. */
  readonly app?: string;
  /** SecretId, access key id or identifier. */
  readonly id: string;
  readonly key: string;
  readonly token?: string;
}

/** All that a signature depends on besides the call. `now` is in milliseconds; `nonce` gives an unsigned 32-bit integer. */
export interface Signing {
  readonly credentials: Credentials;
  readonly host: string;
  readonly region?: string;
  readonly now: number;
  readonly nonce: () => number;
}

/** What is put on the wire for an action; enough to encode without knowing rules. */
export interface Call {
  readonly action: Action;
  readonly binding: string;
  readonly members: Members;
}

/** An encoded call that is not signed yet; `parameters` are the flat pairs where the binding flattens (v1 signs them raw). */
export interface Unsigned extends HttpRequest {
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

/** What a server reads from a request before it believes any of it. */
export interface Received {
  readonly binding: string;
  readonly service?: string;
  readonly action?: string;
  readonly version?: string;
  /** As sent: header, query or form values of the common parameters, by their names on the wire. */
  readonly common: ReadonlyMap<string, string>;
  /** Flat bindings: name and value pairs without the common ones. */
  readonly flat?: readonly (readonly [name: string, value: string])[];
  /** JSON bindings: the raw body. */
  readonly body?: Uint8Array;
}

export type Denial =
  | "absent"
  | "malformed"
  | "incomplete"
  | "scope"
  | "unknown-id"
  | "expired"
  | "signature"
  | "token"
  | "identifier"
  | "app";

/** Differences of real clients that a verifier forgives. */
export interface Tolerance {
  /** The Host header without its port was signed. */
  readonly hostWithoutPort: boolean;
  /** The scope's service is the first label of an address (127, localhost). */
  readonly scopeOfAddress: boolean;
}

export interface Verifying {
  readonly now: number;
  readonly scope: string;
  readonly secretOf: (id: string) => Credentials | undefined;
  readonly tolerate: Tolerance;
}

/** One way to put calls on the wire, both halves. Pure: clock and nonce come in. */
export interface Protocol {
  readonly id: string;
  readonly bindings: readonly string[];
  /** True where members become text pairs, so null, empty lists and types cannot be said. */
  flat(binding: string): boolean;
  encode(call: Call, signing: Signing): Unsigned;
  sign(request: Unsigned, call: Call, signing: Signing): HttpRequest;
  /** Null where the request does not look like one of this protocol's. */
  read(request: HttpRequest): Received | null;
  /** Null where the signature holds. */
  verify(request: HttpRequest, received: Received, how: Verifying): Denial | null;
}

/** Why no answer came: refused connection, reset, timeout, or our own client's refusal to send. */
export interface Unanswered {
  readonly why: "refused" | "reset" | "timeout" | "unsent";
  readonly detail: string;
}

export type Role = "setup" | "control" | "before" | "judged" | "probe" | "cleanup";

export interface Exchange {
  readonly role: Role;
  readonly action: string;
  readonly binding: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse | Unanswered;
  /** Milliseconds from sending to the last byte. */
  readonly ms: number;
}

/** What an envelope says. `body` is the parsed JSON, or undefined where there is none. */
export type Outcome =
  | {
      readonly kind: "success";
      readonly body: Json | undefined;
      readonly output: Json | undefined;
      readonly requestId?: Json;
    }
  | { readonly kind: "refusal"; readonly code: string; readonly body: Json | undefined; readonly requestId?: Json }
  | { readonly kind: "unreadable"; readonly why: string; readonly body: Json | undefined };

/* ---- verdicts ---- */

export type Status =
  | "passed"
  | "failed"
  | "known"
  | "observed"
  | "skipped"
  | "unimplemented"
  | "indeterminate"
  | "errored";

/** A fact: `at` is a JSON pointer into the answer, or `status`, `header:NAME`, `body`. */
export interface Finding {
  readonly check: string;
  readonly level: "must" | "should";
  readonly at: string;
  readonly expected: Json;
  readonly actual: Json;
}

/** A redacted exchange as the log holds it. Bodies are cut; `bytes` and `sha256` speak of the whole. */
export interface RecordedBody {
  readonly text: string;
  readonly bytes: number;
  readonly sha256?: string;
}
export interface RecordedExchange {
  readonly role: Role;
  readonly action: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  };
  readonly response:
    | { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: RecordedBody }
    | Unanswered;
  readonly ms: number;
}

export interface Verdict {
  readonly type: "verdict";
  /** Place in the plan, from 0. */
  readonly n: number;
  readonly id: string;
  readonly action: string;
  readonly family: string;
  readonly status: Status;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly rule: string | null;
  readonly expect: Expectation;
  /** What was seen, in a word: `success`, a code, `unreadable`, or why there is none. */
  readonly seen: string;
  /** Why the status is what it is; empty where it speaks for itself. */
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly ms: number;
  readonly exchanges: readonly RecordedExchange[];
}

export interface Header {
  readonly type: "header";
  readonly format: 1;
  readonly assay: string;
  readonly run: string;
  readonly target: string;
  readonly seed: number;
  readonly depth: string;
  readonly select: readonly string[];
  readonly started: string;
  /** The command that repeats one case, with `{id}` for its id. */
  readonly rerun: string;
}

export type Counts = { readonly [status in Status]: number };

export interface Footer {
  readonly type: "footer";
  readonly planned: number;
  readonly counts: Counts;
  readonly warnings: number;
  readonly interrupted: boolean;
  /** Judged cases of known failures that are stale: passed, failed otherwise or matched nothing. */
  readonly stale: readonly string[];
  /** Clean-up that did not succeed, and other trouble of the run itself. */
  readonly troubles: readonly string[];
  readonly left: number;
  readonly exit: number;
  readonly ms: number;
}

/** A finished or broken-off run as the reports see it; verdicts can be walked again and again. */
export interface Recording {
  readonly header: Header;
  readonly footer: Footer | null;
  readonly actions: readonly string[];
  /** In plan order; of one action, or of all. */
  verdicts(action?: string): Iterable<Verdict>;
}

/* ---- targets and known failures ---- */

export interface ServiceTarget {
  /** Origin, with a path prefix if any. */
  readonly endpoint: string;
  readonly host: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** By need: the id of a given resource, e.g. `zone`. */
  readonly given: Readonly<Record<string, Json>>;
  readonly pace?: number;
  readonly lacks: {
    readonly actions: Readonly<Record<string, string>>;
    readonly bindings: Readonly<Record<string, string>>;
    readonly needs: Readonly<Record<string, string>>;
  };
}

export interface Target {
  readonly name: string;
  /** The longest prefix of an action's id wins. */
  readonly services: ReadonlyMap<string, ServiceTarget>;
  /** Milliseconds for a whole exchange. */
  readonly timeout: number;
  readonly account?: string;
  readonly maxMutations?: number;
  readonly known?: string;
}

export interface KnownFailure {
  readonly case: string;
  readonly check: string;
  readonly at: string;
  readonly expected: readonly string[];
  readonly actual: string;
  readonly reason: string;
}
