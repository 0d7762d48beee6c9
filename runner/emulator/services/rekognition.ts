/** Collections and their users, kept by hand; a request token makes a repeated call the same call. */
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
  readonly shown: CallMembers;
}

interface Collection {
  readonly id: string;
  readonly made: number;
  readonly users: Map<string, User>;
}

export interface RekognitionState {
  readonly collections: Map<string, Collection>;
  /** The input of each call that succeeded, by action and token. */
  readonly tokens: Map<string, { readonly input: string; readonly output: CallMembers }>;
}

const missing = "ResourceNotFoundException";
const model = "7.0";
const arn = (id: string): string => `arn:aws:rekognition:${regions["aws"]}:${accounts.aws}:collection/${id}`;

/** A handler that needs a collection. */
const inCollection =
  (
    act: (collection: Collection, input: CallMembers, scene: HandlerContext) => HandlerResult,
  ): Handler<RekognitionState> =>
  ({ collections }, input, scene) => {
    const collection = collections.get(text(input, "CollectionId"));
    return collection ? act(collection, input, scene) : scene.refuse(missing);
  };

/** The same token with the same input gets the same answer again; with another input a refusal. */
const once =
  (action: string, handler: Handler<RekognitionState>): Handler<RekognitionState> =>
  (shelf, input, scene) => {
    const token = text(input, "ClientRequestToken");
    if (token === "") return handler(shelf, input, scene);
    const key = `${action} ${token}`;
    const said = JSON.stringify([text(input, "CollectionId"), text(input, "UserId")]);
    const before = shelf.tokens.get(key);
    if (before && before.input === said) return before.output;
    const no = before && scene.refuse("IdempotentParameterMismatchException");
    if (no) return no;
    const result = handler(shelf, input, scene);
    const done = result === undefined || !("refused" in result);
    if (done) shelf.tokens.set(key, { input: said, output: (result as CallMembers | undefined) ?? {} });
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
      const no = collections.has(id) && refuse("ResourceAlreadyExistsException");
      if (no) return no;
      collections.set(id, { id, made: now, users: new Map() });
      return { StatusCode: 200, CollectionArn: arn(id), FaceModelVersion: model };
    },
    DeleteCollection({ collections }, input, { refuse }) {
      return collections.delete(text(input, "CollectionId")) ? { StatusCode: 200 } : refuse(missing);
    },
    DescribeCollection: inCollection(({ id, made, users }) => ({
      FaceCount: 0,
      FaceModelVersion: model,
      CollectionARN: arn(id),
      CreationTimestamp: made / 1000,
      UserCount: users.size,
    })),
    CreateUser: once(
      "CreateUser",
      inCollection(({ users }, input, { refuse, newId }) => {
        const id = text(input, "UserId");
        const no = users.has(id) && refuse("ConflictException");
        if (no) return no;
        users.set(id, { n: Number.parseInt(newId(), 36), shown: { UserId: id, UserStatus: "ACTIVE" } });
        return {};
      }),
    ),
    DeleteUser: once(
      "DeleteUser",
      inCollection(({ users }, input, { refuse }) => (users.delete(text(input, "UserId")) ? {} : refuse(missing))),
    ),
    ListUsers: inCollection(({ users }, input, { refuse }) => {
      const page = paginate([...users.values()], text(input, "NextToken"), integer(input, "MaxResults", 500));
      if (!page) return refuse("InvalidPaginationTokenException");
      const Users = page.shown.map((u) => u.shown);
      return { Users, ...(page.next === undefined ? {} : { NextToken: page.next }) };
    }),
  },
};
