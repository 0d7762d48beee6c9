/** The content of the specs: parameters, states, situations, actions, resources, services, rules. */
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
import type { ResourceState } from "./resource-state.ts";

/** A value of the input that has rules of its own: a parameter, an item of a list, a member of an object, a key or a value of a map. */
export interface Place {
  /** From the parameter: `[]` leads to an item of a list, `.Key` to a member, `{}` to a value and `{key}` to a key of a map, e.g. `[].Key`. */
  readonly path: string;
  /** Name of the parameter and `path`, e.g. `Tags[].Key`; the items of a parameter's list are `Tags.items`. Part of ids. */
  readonly name: string;
  /** True where an object without this member is refused. */
  readonly required: boolean;
  /** Schema of the value. */
  readonly schema: Schema;
  /** By breach, e.g. `maxLength`; includes those of the service and the action. */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
  /** Values over which the documents disagree. */
  readonly conflicts: readonly SpecConflict[];
  /** The only values that valid calls send here. */
  readonly positiveValues?: { readonly values: readonly Json[] | "never"; readonly reason: string };
  /** Where the document describes it. */
  readonly source: Source;
}

/** A member of the request. */
export interface Parameter {
  /** Name of the member. */
  readonly name: string;
  /** True where a call without it is refused. */
  readonly required: boolean;
  /** Name and type as the document prints them, e.g. `Tags.N` and `Array of String`. */
  readonly asDocumented: { readonly name: string; readonly type: string };
  /** Schema of its value. */
  readonly schema: Schema;
  /** False where the pattern may match any part of the value; else it must match the whole value. */
  readonly anchored: boolean;
  /** Where the value must be unique: `account`, or the parameter that names the container. */
  readonly uniqueWithin?: string;
  /** By breach, e.g. `maxLength`; includes the refusals of the service and the action. */
  readonly refusals: ReadonlyMap<string, ExpectedRefusal>;
  /** By breach of an item of the list. */
  readonly itemRefusals: ReadonlyMap<string, ExpectedRefusal>;
  /** The values inside it whose rules the spec states, in the order of the spec: members of objects, items of inner lists, entries of maps. */
  readonly places: readonly Place[];
  /** Values over which the documents disagree. */
  readonly conflicts: readonly SpecConflict[];
  /** The only values that valid calls send, or `never` where they must not send the parameter. */
  readonly positiveValues?: { readonly values: readonly Json[] | "never"; readonly reason: string };
  /** The state of the resources with which a list is filled up to a limit. */
  readonly fillWith?: ResourceState;
  /** Where the document describes it. */
  readonly source: Source;
}

/** A rule over several parameters, e.g. "either Image or Url". */
export interface CrossParameterRule {
  /** Part of case ids, e.g. `image-or-address`. */
  readonly name: string;
  /** The schema of all members of a request. */
  readonly schema: Schema;
  /** How a request that breaks the rule is refused. */
  readonly refusal: ExpectedRefusal;
  /** Where the document states the rule. */
  readonly source: Source;
}

/** A call that is sent before the judged call. */
export interface PrecedingCall {
  /** Name of an action of the same service, or `this` for the judged action. */
  readonly call: string;
  /** Literal members; the value `fresh` stands for a token of the case, as in `Situation.additionalMembers`. */
  readonly members: CallMembers;
  /** By parameter: states that differ from those of the judged call. */
  readonly where: ReadonlyMap<string, ResourceState>;
  /** The codes with which it is refused; absent where it is accepted. */
  readonly refused?: readonly string[];
}

/** A state that differs from `given`, and the outcome of the call in it. */
export interface Situation {
  /** Part of case ids, e.g. `group-unknown`. */
  readonly name: string;
  /** By parameter: the states that replace those of `given`. */
  readonly where: ReadonlyMap<string, ResourceState>;
  /** Calls that are sent before the judged call, in this order. */
  readonly precedingCalls: readonly PrecedingCall[];
  /** Members that the judged call sends in addition; `fresh` stands for a token of the case (`runner/spec/case-token.ts`). */
  readonly additionalMembers: CallMembers;
  /** Null where the call succeeds. */
  readonly refused: ExpectedRefusal | null;
  /** Replaces the effects of the action. */
  readonly effects?: Effects;
  /** Where the document states the outcome. */
  readonly source: Source;
}

/** How the state of the action's resource is verified after the call. */
export interface Effects {
  /** The probe that must hold after an accepted call, e.g. `gone`. */
  readonly success?: string;
  /** `unchanged`: after a refused call the probe of `success` must not hold. */
  readonly refused?: string;
}

/** Several breaches in one call, for which a document shows which one is reported. */
export interface Precedence {
  /** By parameter. */
  readonly breaches: ReadonlyMap<string, string>;
  /** The refusal for the breach that is reported. */
  readonly refusal: ExpectedRefusal;
  /** Where the document shows it. */
  readonly source: Source;
}

/** A sample request of a document with its response. */
export interface Sample {
  /** In the document, from 1. */
  readonly number: number;
  /** The heading in the document. */
  readonly title: string;
  /** Id of the binding over which the document sends it. */
  readonly binding: string;
  /** The printed members. */
  readonly request: CallMembers;
  /** The printed body. */
  readonly response: Json;
  /** By parameter: the states of this sample, or those of the action. */
  readonly given: ReadonlyMap<string, ResourceState>;
  /** Parameters whose printed value gets a token appended so that it is unique. */
  readonly uniqueMembers: readonly string[];
  /** Parameters whose printed value is an id that a server assigned; an id of the run is sent instead. */
  readonly serverAssigned: readonly string[];
  /** Codes that are accepted in addition to the printed one. */
  readonly alternativeCodes: readonly string[];
  /** Where the sample is. */
  readonly source: Source;
}

/** Where an accepted response has a result for each item that was sent. */
export interface ItemResults {
  /** JSON pointer to the list of results in the output. */
  readonly listPointer: string;
  /** Member of a result that names the item. */
  readonly idMember: string;
  /** Member of a result that states whether the item succeeded. */
  readonly resultMember: string;
  /** Values of `resultMember` that mean success. */
  readonly successValues: readonly Json[];
  /** By state of the item, such as `unknown account`: the values that it gets. */
  readonly valuesByState?: Readonly<Record<string, readonly Json[]>>;
}

/** The list that an accepted call returns, and which resources of a run are in it. */
export interface ReturnedList {
  /** JSON pointer to the list in the output. */
  readonly listPointer: string;
  /** Names of the resources that have an entry. Cases of the family `listing` create the first. */
  readonly resources: readonly string[];
  /** Member of an entry that holds the id of its resource; absent where the entries are the ids. */
  readonly idMember?: string;
  /** Other members of an entry. Values as in `Probe.members`. */
  readonly members: CallMembers;
  /** By member of an entry: the resource whose number in the entry's resource it states. */
  readonly counts: Readonly<Record<string, string>>;
  /** The parameter for each id of which the list has one entry, where it does not list what a container has. */
  readonly entryFor?: string;
  /** JSON pointer to the total number of entries in the output. */
  readonly totalPointer?: string;
  /** By JSON pointer to a number in the output: the member of an entry whose items it counts over all entries. */
  readonly itemTotals: Readonly<Record<string, string>>;
  /** The parameter for the largest number of entries of a page. */
  readonly pageSize?: string;
  /** The parameter for the number of entries before the page. */
  readonly offset?: string;
  /** The parameter for the token of a page; the response returns the token of the next page under the same name. */
  readonly nextToken?: string;
  /** JSON pointer to a boolean in the output that is true where a next page exists. */
  readonly truncatedPointer?: string;
  /** By parameter: the member of an entry that equals its value, or that matches `pattern` for every value that valid calls send. */
  readonly filters: ReadonlyMap<string, { readonly member: string; readonly pattern?: string }>;
}

/** The properties of a resource that an accepted call returns. */
export interface ReturnedResource {
  /** The parameter that names the resource; absent where the call creates it. */
  readonly parameter?: string;
  /** JSON pointer to its members in the output. */
  readonly pointer: string;
  /** Its members. Values as in `Probe.members`. */
  readonly members: CallMembers;
  /** By member: the resource whose number in it the member states. */
  readonly counts: Readonly<Record<string, string>>;
}

/** One action of a service, as its page describes it. */
export interface Action {
  /** E.g. `tencent/iai/CreateGroup`. */
  readonly id: string;
  /** E.g. `CreateGroup`. */
  readonly name: string;
  /** The service that has it. */
  readonly service: Service;
  /** What the page states that it does. */
  readonly description: string;
  /** Where the page is. */
  readonly source: Source;
  /** Documented calls per second; absent where no document states a limit. */
  readonly rateLimit?: number;
  /** Path of the request, where each action has its own (Tencent IM). */
  readonly path?: string;
  /** The common parameters that the page of the action prints, by their documented names. */
  readonly commonParameters: readonly string[];
  /** The members of the request, in the order of the page. */
  readonly parameters: readonly Parameter[];
  /** Rules over several parameters. */
  readonly crossParameterRules: readonly CrossParameterRule[];
  /** How a call with an undeclared member is refused. */
  readonly undeclaredMember: ExpectedRefusal;
  /** By parameter: the state of its resource in every case, unless the situation of the case replaces it. */
  readonly given: ReadonlyMap<string, ResourceState>;
  /** States with a documented outcome. */
  readonly situations: readonly Situation[];
  /** Combinations of breaches for which a document shows which one is reported. */
  readonly precedence: readonly Precedence[];
  /** How the effect of an accepted call is verified; empty where no probe can. */
  readonly effects: Effects;
  /** Schema of the output of an accepted call. */
  readonly output: Schema;
  /** Present where a call over several items has a result for each. */
  readonly itemResults?: ItemResults;
  /** Present where the output is a list of resources, or has one. */
  readonly returnedList?: ReturnedList;
  /** Present where the output has the properties of one resource. */
  readonly returnedResource?: ReturnedResource;
  /** The samples of the page, in its order. */
  readonly samples: readonly Sample[];
  /** The error table of the document, in its order, with causes added from rules and situations. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  /** Statements of the document that no case can test. */
  readonly remarks: readonly { readonly description: string; readonly source: Source }[];
  /** The resource that an accepted call creates; absent where it creates none. */
  readonly creates?: Resource;
  /** The resources that an accepted call deletes. */
  readonly deletes: readonly Resource[];
  /** True where an accepted call changes state: it creates, deletes or declares an effect of success. */
  readonly mutating: boolean;
}

/** A call that verifies the state of a resource. It has one of the four `expect` members. */
export interface Probe {
  /** Name of an action of the service. */
  readonly call: string;
  /** The values `id`, `container` and `input.X` stand for the id, the id of the first container and a member of the create call. */
  readonly members: CallMembers;
  /** Present where the call returns a list in pages. */
  readonly pagination?: {
    /** Selects the page: an offset in items with `totalPointer`, else the token that the response returns under the same name. */
    readonly parameter: string;
    /** JSON pointer to the total number of items in the output. */
    readonly totalPointer?: string;
  };
  /** The probe holds where the call is accepted. */
  readonly expectSuccess?: true;
  /** The probe holds where the call is refused with one of these codes. */
  readonly expectCodes?: readonly string[];
  /** The probe holds where the list at the member `listPointer` has an item with the other members. Values as in `members`. */
  readonly expectListed?: CallMembers;
  /** The probe holds where the list has no such item. */
  readonly expectNotListed?: CallMembers;
}

/** Something that actions create, read and delete. */
export interface Resource {
  /** E.g. `face image`. */
  readonly name: string;
  /** Name of the action that creates it. */
  readonly create?: string;
  /** Members that the create call sends instead of generated values. */
  readonly createMembers: CallMembers;
  /** Where the id is: `input.X` (or `input.X[].Y`) or `output.X.Y` of the create call, or `given` where only a target can provide it. */
  readonly id: string;
  /** Names of the resources that contain it. */
  readonly containers: readonly string[];
  /** The key of `ServiceTarget.provided` under which a target provides an id. */
  readonly requiredFromTarget?: string;
  /** Regular expression for ids of the right form that belong to no resource; absent where the schema of the parameter is sufficient. */
  readonly unknownIdPattern?: string;
  /** Name of the action that deletes it. */
  readonly delete?: string;
  /** Resources whose deletion deletes this one as well. */
  readonly deletedWith: readonly string[];
  /** The container after whose last deletion the server deletes this resource as well. */
  readonly deletedAfterLast?: string;
  /** Seconds after which a change is visible to every call. */
  readonly consistencySeconds: number;
  /** How a resource is found whose create call got no response, where the server chooses the id. */
  readonly lookup?: {
    /** Name of an action that returns a list. */
    readonly call: string;
    /** The members of the call. Values as in `Probe.members`. */
    readonly members: CallMembers;
    /** Present where the call returns the list in pages. */
    readonly pagination?: Probe["pagination"];
    /** JSON pointer to the list in the output. */
    readonly listPointer: string;
    /** Member of an item that holds the id. */
    readonly idMember: string;
    /** Members that the item must have. Values as in `Probe.members`. */
    readonly match: CallMembers;
  };
  /** By name, e.g. `exists`. */
  readonly probes: ReadonlyMap<string, Probe>;
}

/** How the account of the credentials is found: one of the credentials, or a call that only reads. */
export type AccountLookup =
  /** The account is `Credentials.app`. */
  | { readonly credential: "app" }
  /** The account is in the response of a call. */
  | {
      /** Id of an action, which may belong to another service. */
      readonly call: string;
      /** By parameter of the call: the key of `ServiceTarget.provided` for its value. */
      readonly requirements: Readonly<Record<string, string>>;
      /** JSON pointer to the account in the output. */
      readonly pointer: string;
      /** Regular expression whose first group is the account. */
      readonly pattern?: string;
    };

/** A service: what its actions have in common. */
export interface Service {
  /** E.g. `tencent/iai`. */
  readonly id: string;
  /** E.g. `tencent`. */
  readonly provider: string;
  /** E.g. `iai`. */
  readonly name: string;
  /** API version that requests contain, e.g. `2018-03-01`. */
  readonly version: string;
  /** What the service is for. */
  readonly description: string;
  /** Host of the vendor, with `{region}` where it depends on the region. */
  readonly host: string;
  /** Name of the service in the credential scope of a signature. */
  readonly credentialScope: string;
  /** Prefix of the header X-Amz-Target. */
  readonly targetPrefix?: string;
  /** The form of its responses, and what its gateway demands. */
  readonly envelope: Envelope;
  /** The first is the main binding. */
  readonly bindings: readonly string[];
  /** Documented calls per second of each action that has no limit of its own. */
  readonly rateLimit?: number;
  /** The error table that the actions share. */
  readonly errors: ReadonlyMap<string, ErrorCode>;
  /** By name, e.g. `group`. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** A call that only reads, sent before the first case to verify endpoint and signature. */
  readonly ping?: { readonly call: string; readonly with: CallMembers };
  /** How the account of the credentials is found; absent where it cannot be found. */
  readonly account?: AccountLookup;
  /** By name, e.g. `CreateGroup`. */
  readonly actions: ReadonlyMap<string, Action>;
}

/** One statement of a document that cases test. */
export interface Rule {
  /** E.g. `tencent/iai/CreateGroup/rule/GroupId/maxLength`. */
  readonly id: string;
  /** Id of the action. */
  readonly action: string;
  /** What the rule is about: `GroupId`, `Tags[]` for list items, `Tags[].Key` for a member, a cross-parameter rule, `call`, `situation`, `Version`. */
  readonly path: string;
  /** A schema keyword, another breach such as `absent` or `unique`, or the name of a situation. */
  readonly breach: string;
  /** The value of the schema keyword; null for any other breach. */
  readonly value: Json;
  /** How certain the codes are. */
  readonly level: Level;
  /** The accepted codes, the most likely one first; `success` where a call that follows the rule is accepted. */
  readonly codes: readonly string[] | "success";
  /** Where the document states it. */
  readonly source: Source;
}
