/** Faults in the handling of request tokens: ignored, accepted for different parameters, or refused when repeated. */

import type { EmulatorState } from "../emulator-state.ts";
import { text } from "../services/handler.ts";
import type { Fault } from "./fault.ts";
import { storeModified } from "./value-faults.ts";

const usedTokens = new WeakMap<EmulatorState, Set<string>>();

/** Records the token; true if it was recorded before. An empty token never was. */
function recordToken(emulator: EmulatorState, token: string): boolean {
  const tokens = usedTokens.get(emulator) ?? new Set();
  usedTokens.set(emulator, tokens);
  const alreadyUsed = token !== "" && tokens.has(token);
  tokens.add(token);
  return alreadyUsed;
}

export const idempotencyFaults: readonly Fault[] = [
  {
    id: "aws-token-forgotten",
    description: "Ignores ClientRequestToken.",
    action: "aws/rekognition/DeleteUser",
    family: "idempotency",
    detects: "state:aws/rekognition/DeleteUser/strict",
    execute: storeModified(({ ClientRequestToken: _, ...members }) => members),
  },
  {
    id: "aws-token-once",
    description: "Refuses a used ClientRequestToken even with the same parameters.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    detects: "state:aws/rekognition/CreateUser/strict",
    extraRefusal: (members, { emulator }) =>
      recordToken(emulator, text(members, "ClientRequestToken")) ? "IdempotentParameterMismatchException" : undefined,
  },
  {
    id: "aws-token-answered-without-looking",
    description: "Answers any call that repeats a ClientRequestToken with a success and does not execute it.",
    action: "aws/rekognition/CreateUser",
    family: "idempotency",
    detects: "state:aws/rekognition/CreateUser/lax",
    execute: (next, { members, emulator }) =>
      recordToken(emulator, text(members, "ClientRequestToken")) ? {} : next(),
  },
];
