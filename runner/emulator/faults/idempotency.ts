/** Faults about request tokens: forgotten, believed for anything, or in the way of a second call. */

import type { EmulatorState } from "../emulator-state.ts";
import { text } from "../services/handler.ts";
import type { Fault } from "./fault.ts";
import { skipStateCheck, storeModified } from "./value-faults.ts";

const used = new WeakMap<EmulatorState, Set<string>>();

/** True where the token came before. */
function again(emulator: EmulatorState, token: string): boolean {
  const tokens = used.get(emulator) ?? new Set();
  used.set(emulator, tokens);
  const known = token !== "" && tokens.has(token);
  tokens.add(token);
  return known;
}

export const tokenFaults: readonly Fault[] = [
  {
    id: "aws-token-forgotten",
    description: "Takes no notice of ClientRequestToken.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    detects: "state:aws/rekognition/DeleteUser/strict",
    act: storeModified(({ ClientRequestToken: _, ...members }) => members),
  },
  {
    id: "aws-token-for-anything",
    description: "Takes a used ClientRequestToken for other input.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    detects: "state:aws/rekognition/DeleteUser/lax",
    refusal: skipStateCheck("IdempotentParameterMismatchException"),
  },
  {
    id: "aws-token-once",
    description: "Refuses a ClientRequestToken that was used before, whatever for.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    detects: "state:aws/rekognition/CreateUser/strict",
    extraRefusal: (members, { emulator }) =>
      again(emulator, text(members, "ClientRequestToken")) ? "IdempotentParameterMismatchException" : undefined,
  },
  {
    id: "aws-token-answered-without-looking",
    description: "Takes a call with a used ClientRequestToken for done, whatever it asks for.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    detects: "state:aws/rekognition/CreateUser/lax",
    act: (next, { members, emulator }) => (again(emulator, text(members, "ClientRequestToken")) ? {} : next()),
  },
];
