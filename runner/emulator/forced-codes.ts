/** Codes with which the emulator refuses the next calls of an action, whatever they are: for tests of clients. */

export interface ForcedCode {
  /** Id of the action. */
  readonly action: string;
  /** The code of the refusal. */
  readonly code: string;
  /** Number of calls that it refuses. */
  readonly times: number;
}

/** What is left of the forced codes, in the order in which they were added. */
export interface ForcedCodes {
  add(forced: ForcedCode): void;
  /** The code for this call of the action, which then counts as refused; undefined where no code is left. */
  take(action: string): string | undefined;
  clear(): void;
}

export function createForcedCodes(initial: readonly ForcedCode[] = []): ForcedCodes {
  const left = new Map<string, { code: string; times: number }[]>();
  const add = ({ action, code, times }: ForcedCode): void => {
    left.set(action, [...(left.get(action) ?? []), { code, times }]);
  };
  for (const forced of initial) add(forced);
  return {
    add,
    take(action) {
      const [first, ...others] = left.get(action) ?? [];
      if (first === undefined) return undefined;
      if (--first.times === 0) left.set(action, others);
      return first.code;
    },
    clear: () => left.clear(),
  };
}
