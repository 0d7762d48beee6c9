/** aws/rekognition: collections and their users; calls with a request token are idempotent. */
import type { CallMembers } from "../../model/index.ts";
import { accounts, regions } from "../test-credentials.ts";
import {
  type Handler,
  type HandlerContext,
  type HandlerResult,
  integer,
  type ServiceEmulation,
  text,
} from "./handler.ts";
import { paginate, type Sequenced } from "./pagination.ts";

interface User extends Sequenced {
  /** The members that ListUsers returns. */
  readonly info: CallMembers;
}

interface Collection {
  readonly id: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly users: Map<string, User>;
}

export interface RekognitionState {
  readonly collections: Map<string, Collection>;
  /** Input and output of each call that succeeded, by action and token. */
  readonly tokens: Map<string, { readonly input: string; readonly output: CallMembers }>;
}

const notFound = "ResourceNotFoundException";
const faceModelVersion = "7.0";
const arn = (id: string): string => `arn:aws:rekognition:${regions["aws"]}:${accounts.aws}:collection/${id}`;

/** A handler that gets the collection of the member `CollectionId`, or the refusal for an unknown collection. */
const inCollection =
  (
    handler: (collection: Collection, input: CallMembers, context: HandlerContext) => HandlerResult,
  ): Handler<RekognitionState> =>
  ({ collections }, input, context) => {
    const collection = collections.get(text(input, "CollectionId"));
    return collection ? handler(collection, input, context) : context.refuse(notFound);
  };

/** A repeated token gets the same output again if the input is the same, else a refusal. */
const idempotent =
  (action: string, handler: Handler<RekognitionState>): Handler<RekognitionState> =>
  (state, input, context) => {
    const token = text(input, "ClientRequestToken");
    if (token === "") return handler(state, input, context);
    const key = `${action} ${token}`;
    const inputText = JSON.stringify([text(input, "CollectionId"), text(input, "UserId")]);
    const previous = state.tokens.get(key);
    if (previous && previous.input === inputText) return previous.output;
    const refusal = previous && context.refuse("IdempotentParameterMismatchException");
    if (refusal) return refusal;
    const result = handler(state, input, context);
    const isSuccess = result === undefined || !("refused" in result);
    if (isSuccess) state.tokens.set(key, { input: inputText, output: (result as CallMembers | undefined) ?? {} });
    return result;
  };

export const rekognition: ServiceEmulation<RekognitionState> = {
  service: "aws/rekognition",
  initialState: () => ({ collections: new Map(), tokens: new Map() }),
  counts: ({ collections }) => ({
    collections: collections.size,
    users: [...collections.values()].reduce((n, c) => n + c.users.size, 0),
  }),
  handlers: {
    CreateCollection({ collections }, input, { refuse, now }) {
      const id = text(input, "CollectionId");
      const refusal = collections.has(id) && refuse("ResourceAlreadyExistsException");
      if (refusal) return refusal;
      collections.set(id, { id, createdAt: now, users: new Map() });
      return { StatusCode: 200, CollectionArn: arn(id), FaceModelVersion: faceModelVersion };
    },
    DeleteCollection({ collections }, input, { refuse }) {
      return collections.delete(text(input, "CollectionId")) ? { StatusCode: 200 } : refuse(notFound);
    },
    DescribeCollection: inCollection(({ id, createdAt, users }) => ({
      FaceCount: 0,
      FaceModelVersion: faceModelVersion,
      CollectionARN: arn(id),
      CreationTimestamp: createdAt / 1000,
      UserCount: users.size,
    })),
    CreateUser: idempotent(
      "CreateUser",
      inCollection(({ users }, input, { refuse, newId }) => {
        const id = text(input, "UserId");
        const refusal = users.has(id) && refuse("ConflictException");
        if (refusal) return refusal;
        users.set(id, { sequence: Number.parseInt(newId(), 36), info: { UserId: id, UserStatus: "ACTIVE" } });
        return {};
      }),
    ),
    DeleteUser: idempotent(
      "DeleteUser",
      inCollection(({ users }, input, { refuse }) => (users.delete(text(input, "UserId")) ? {} : refuse(notFound))),
    ),
    ListUsers: inCollection(({ users }, input, { refuse }) => {
      const page = paginate([...users.values()], text(input, "NextToken"), integer(input, "MaxResults", 500));
      if (!page) return refuse("InvalidPaginationTokenException");
      const Users = page.items.map((u) => u.info);
      return { Users, ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }) };
    }),
  },
};
