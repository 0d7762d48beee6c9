/** `ACTION=CODE[,N]` → the code with which the emulator refuses the next N calls of the action. */
import type { ForcedCode } from "../../emulator/forced-codes.ts";
import type { Action } from "../../model/index.ts";
import { suggestNames } from "../../spec/problem.ts";
import { UsageError } from "../errors.ts";

/** @throws a UsageError where the action is unknown, no document names the code for it, or N is no number from 1. */
export function parseForcedCode(text: string, actions: ReadonlyMap<string, Action>): ForcedCode {
  const [, action = "", code = "", times = "1"] = /^([^=]*)=([^,]*)(?:,(.*))?$/s.exec(text) ?? [];
  if (code === "") throw new UsageError(`--answer ${text}: must be ACTION=CODE or ACTION=CODE,N`);
  if (!/^[1-9]\d{0,8}$/.test(times)) throw new UsageError(`--answer ${text}: ${times} is no number of calls`);
  return checkForcedCode({ action, code, times: Number(times) }, actions, `--answer ${text}`);
}

/** `place`: what an error names first. */
export function checkForcedCode(forced: ForcedCode, actions: ReadonlyMap<string, Action>, place: string): ForcedCode {
  const action = actions.get(forced.action);
  if (!action)
    throw new UsageError(`${place}: no action ${forced.action}${suggestNames(forced.action, actions.keys())}`);
  const codes = new Set([
    ...action.errors.keys(),
    ...action.service.errors.keys(),
    ...action.service.envelope.codes.keys(),
  ]);
  if (!codes.has(forced.code))
    throw new UsageError(
      `${place}: no document names ${forced.code} for ${action.id}${suggestNames(forced.code, codes)}`,
    );
  return forced;
}
