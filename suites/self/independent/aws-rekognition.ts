/** Amazon Rekognition, 2016-06-27: collections and their users. */
import type { CallMembers } from "../../../runner/model/index.ts";
import {
  characters,
  integerShape,
  optional,
  refuseWith,
  required,
  type ServiceAction,
  type Shape,
  textShape,
} from "./call.ts";

export interface FaceCollection {
  /** Milliseconds. */
  readonly created: number;
  /** Ids, in the order of creation. */
  readonly users: Set<string>;
}

export interface CollectionsState {
  readonly account: string;
  readonly region: string;
  readonly collections: Map<string, FaceCollection>;
  /** `ACTION TOKEN` → the other input members of the first call that succeeded, as JSON. */
  readonly tokens: Map<string, string>;
}

const INVALID = "InvalidParameterException";

const matching = (maximum: number, pattern: RegExp): Shape =>
  textShape((value) => (characters(value) > maximum || !pattern.test(value) ? INVALID : undefined));

const collectionId = required(matching(255, /^[a-zA-Z0-9_.-]+$/));
const userId = required(matching(128, /^[a-zA-Z0-9_.\-:]+$/));
const token = optional(matching(64, /^[a-zA-Z0-9-_]+$/));

export function rekognitionActions(state: CollectionsState, now: () => number): Record<string, ServiceAction> {
  const { account, region, collections, tokens } = state;
  const collectionOf = (input: CallMembers): FaceCollection =>
    collections.get(input["CollectionId"] as string) ?? refuseWith("ResourceNotFoundException");
  const arn = (id: string): string => `arn:aws:rekognition:${region}:${account}:collection/${id}`;

  /** With the token of an earlier call it answers as that one did and does nothing. */
  const once = (action: string, input: CallMembers, work: () => void): CallMembers => {
    const { ClientRequestToken, ...others } = input;
    const key = `${action} ${ClientRequestToken}`;
    const members = JSON.stringify(Object.entries(others).sort());
    const first = ClientRequestToken === undefined ? undefined : tokens.get(key);
    if (first === members) return {};
    if (first !== undefined) refuseWith("IdempotentParameterMismatchException");
    work();
    if (ClientRequestToken !== undefined) tokens.set(key, members);
    return {};
  };

  return {
    CreateCollection: {
      parameters: { CollectionId: collectionId, Tags: optional({ type: "map" }) },
      handle: (input) => {
        const id = input["CollectionId"] as string;
        if (collections.has(id)) refuseWith("ResourceAlreadyExistsException");
        collections.set(id, { created: now(), users: new Set() });
        return { StatusCode: 200, CollectionArn: arn(id), FaceModelVersion: "7.0" };
      },
    },
    DeleteCollection: {
      parameters: { CollectionId: collectionId },
      handle: (input) => {
        collectionOf(input);
        collections.delete(input["CollectionId"] as string);
        return { StatusCode: 200 };
      },
    },
    DescribeCollection: {
      parameters: { CollectionId: collectionId },
      handle: (input) => {
        const { created, users } = collectionOf(input);
        return {
          FaceCount: 0,
          FaceModelVersion: "7.0",
          CollectionARN: arn(input["CollectionId"] as string),
          CreationTimestamp: created / 1000,
          UserCount: users.size,
        };
      },
    },
    CreateUser: {
      parameters: { CollectionId: collectionId, UserId: userId, ClientRequestToken: token },
      handle: (input) =>
        once("CreateUser", input, () => {
          const { users } = collectionOf(input);
          if (users.has(input["UserId"] as string)) refuseWith("ConflictException");
          users.add(input["UserId"] as string);
        }),
    },
    DeleteUser: {
      parameters: { ClientRequestToken: token, CollectionId: collectionId, UserId: userId },
      handle: (input) =>
        once("DeleteUser", input, () => {
          if (!collectionOf(input).users.delete(input["UserId"] as string)) refuseWith("ResourceNotFoundException");
        }),
    },
    ListUsers: {
      parameters: {
        CollectionId: collectionId,
        MaxResults: optional(integerShape((value) => (value < 1 || value > 500 ? INVALID : undefined))),
        NextToken: optional(textShape((value) => (characters(value) > 255 ? INVALID : undefined))),
      },
      handle: (input) => {
        const users = [...collectionOf(input).users];
        const sent = (input["NextToken"] as string | undefined) || undefined;
        const last = sent === undefined ? undefined : Buffer.from(sent, "base64url").toString();
        const start = last === undefined ? 0 : users.indexOf(last) + 1;
        if (last !== undefined && start === 0) refuseWith("InvalidPaginationTokenException");
        const listed = users.slice(start, start + ((input["MaxResults"] as number | undefined) ?? 500));
        const next = start + listed.length < users.length ? listed.at(-1) : undefined;
        return {
          Users: listed.map((UserId) => ({ UserId, UserStatus: "ACTIVE" })),
          ...(next === undefined ? {} : { NextToken: Buffer.from(next).toString("base64url") }),
        };
      },
    },
  };
}
