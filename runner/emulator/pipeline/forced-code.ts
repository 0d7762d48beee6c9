/** The check that refuses a call with the code that the user of the emulator chose for it. */
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";

/** Runs after the signature is verified and the action is known. */
export function refuseByChoice(context: RequestContext): EmulatorRefusal | undefined {
  const { action, emulator } = context;
  const code = action && emulator.forcedCodes.take(action.id);
  return code === undefined ? undefined : refuse(context, code);
}
