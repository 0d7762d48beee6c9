/** Faults about request tokens: forgotten, believed for anything, or in the way of a second call. */

import type { World } from "../emulator-state.ts";
import { text } from "../services/handler.ts";
import type { Fault } from "./fault.ts";
import { forgets, keeps } from "./value-faults.ts";

const used = new WeakMap<World, Set<string>>();

/** True where the token came before. */
function again(world: World, token: string): boolean {
  const tokens = used.get(world) ?? new Set();
  used.set(world, tokens);
  const known = token !== "" && tokens.has(token);
  tokens.add(token);
  return known;
}

export const tokenFaults: readonly Fault[] = [
  {
    id: "aws-token-forgotten",
    says: "Takes no notice of ClientRequestToken.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    cell: "state:aws/rekognition/DeleteUser/strict",
    act: keeps(({ ClientRequestToken: _, ...members }) => members),
  },
  {
    id: "aws-token-for-anything",
    says: "Takes a used ClientRequestToken for other input.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    cell: "state:aws/rekognition/DeleteUser/lax",
    refusal: forgets("IdempotentParameterMismatchException"),
  },
  {
    id: "aws-token-once",
    says: "Refuses a ClientRequestToken that was used before, whatever for.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    cell: "state:aws/rekognition/CreateUser/strict",
    refuses: (members, { world }) =>
      again(world, text(members, "ClientRequestToken")) ? "IdempotentParameterMismatchException" : undefined,
  },
  {
    id: "aws-token-answered-without-looking",
    says: "Takes a call with a used ClientRequestToken for done, whatever it asks for.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    cell: "state:aws/rekognition/CreateUser/lax",
    act: (next, { members, world }) => (again(world, text(members, "ClientRequestToken")) ? {} : next()),
  },
];
