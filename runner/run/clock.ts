/** Answers' Date headers → what the target's clock says, as closely as whole seconds tell. */

export interface TargetClock {
  /** `sent` and `received` are of our own clock, in milliseconds. */
  note(date: string | undefined, sent: number, received: number): void;
  /** The target's milliseconds at ours; ours where no answer has told. */
  at(own: number): number;
  /** Milliseconds by which it may be off to either side. */
  readonly doubt: number;
}

export function targetClock(): TargetClock {
  let last = "";
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  const known = () => Number.isFinite(low) && Number.isFinite(high);
  return {
    note(date, sent, received) {
      // The header says whole seconds: what matters is its first answer of each.
      if (date === undefined || date === last) return;
      last = date;
      const told = Date.parse(date);
      if (Number.isNaN(told)) return;
      const [least, most] = [told - received, told + 1000 - sent];
      low = Math.max(low, least);
      high = Math.min(high, most);
      // A clock that was set anew contradicts what was known of it.
      if (low > high) [low, high] = [least, most];
    },
    at: (own) => (known() ? own + (low + high) / 2 : own),
    get doubt() {
      return known() ? (high - low) / 2 : 0;
    },
  };
}
