/** The answers of a server that accepts or refuses a call as every document says. */
import type { Action } from "../model/index.ts";
import { scriptedOutput } from "./scripted-output.ts";
import type { SdkCase } from "./sdk-case.ts";
import type { ScriptedAnswer } from "./server/scripted-answer.ts";

type Answered = Pick<SdkCase, "answers" | "sdkExpects">;
type Writing = Omit<ScriptedAnswer, "content">;

export const successAnswer = (action: Action, writing: Writing = {}): ScriptedAnswer => ({
  ...writing,
  content: { kind: "success", output: scriptedOutput(action) },
});

export const plainSuccess = (action: Action, writing: Writing = {}): Answered => ({
  answers: [successAnswer(action, writing)],
  sdkExpects: { result: "output" },
});

export const plainRefusal = (code: string, writing: Writing = {}): Answered => ({
  answers: [{ ...writing, content: { kind: "refusal", code } }],
  sdkExpects: { result: "code", code },
});

/** True where an accepted call has a body: by the envelope, or because the action has an output. */
export const hasBody = ({ service, output }: Action): boolean =>
  service.envelope.discriminator.kind !== "status" || Object.keys(output.properties ?? {}).length > 0;
