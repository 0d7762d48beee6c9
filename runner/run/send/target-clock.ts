/** Answers' Date headers → what the target's clock says, as closely as whole seconds tell. */

export interface TargetClock {
  /** `sent` and `received` are of our own clock, in milliseconds. */
  observe(date: string | undefined, sent: number, received: number): void;
  /** The target's milliseconds at ours; ours where no answer tells otherwise. */
  at(own: number): number;
  /** Milliseconds by which it may be off to either side. */
  readonly uncertaintyMs: number;
}

/** Milliseconds by which a server's header may lag behind its clock: many make the text once a second. */
const lag = 500;

/** Milliseconds: a server whose clock is off by more would refuse every signature of ours, so that its header is another's. */
const MAX_PLAUSIBLE_SKEW_MS = 300_000;

export function targetClock(): TargetClock {
  let last = "";
  let told = Number.NaN;
  /** The target's clock is ahead of ours by at least and at most so much. */
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  const known = () => Number.isFinite(low) && Number.isFinite(high);
  /** Clocks mostly agree, so the difference nearest to none is taken. */
  const difference = () => Math.min(Math.max(0, low), high);
  return {
    observe(date, sent, received) {
      if (date === undefined) return;
      if (date !== last) told = Date.parse(date);
      last = date;
      if (Number.isNaN(told) || Math.abs(told - received) > MAX_PLAUSIBLE_SKEW_MS) return;
      // The first answer of a second tells where it begins, the last where it ends.
      const [least, most] = [told - received, told + 1000 - sent];
      low = Math.max(low, least);
      high = Math.min(high, most);
      if (low <= high) return;
      // A header that lags a little leaves nothing between the two; a clock that was set anew contradicts all before.
      [low, high] = low - high < lag ? [high, low] : [least, most];
    },
    at: (own) => (known() ? own + difference() : own),
    get uncertaintyMs() {
      return known() ? Math.max(high - difference(), difference() - low) : 0;
    },
  };
}
