/** `Date` headers of responses -> the time of the target's clock, as exactly as headers with whole seconds allow. */

export interface TargetClock {
  /** Evaluates a response. `date`: its `Date` header; `sentMs` and `receivedMs`: times of the client's clock. */
  observe(date: string | undefined, sentMs: number, receivedMs: number): void;
  /** The target's time in milliseconds at this time of the client's clock; the same time while no response has a usable header. */
  at(clientMs: number): number;
  /** Largest error of `at` in milliseconds, in either direction. */
  readonly uncertaintyMs: number;
}

/** Milliseconds by which a `Date` header may lag behind the server's clock: many servers format it once per second. */
const MAX_HEADER_LAG_MS = 500;

/** A server whose clock differs by more would refuse every valid signature, so such a header comes from another machine. */
const MAX_PLAUSIBLE_SKEW_MS = 300_000;

export function createTargetClock(): TargetClock {
  let lastDate = "";
  let lastDateMs = Number.NaN;
  /** Bounds in milliseconds of the difference: the target's clock minus the client's clock. */
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  const isKnown = () => Number.isFinite(low) && Number.isFinite(high);
  /** Clocks are mostly synchronized, so the value closest to 0 is used. */
  const difference = () => Math.min(Math.max(0, low), high);
  return {
    observe(date, sentMs, receivedMs) {
      if (date === undefined) return;
      if (date !== lastDate) lastDateMs = Date.parse(date);
      lastDate = date;
      if (Number.isNaN(lastDateMs) || Math.abs(lastDateMs - receivedMs) > MAX_PLAUSIBLE_SKEW_MS) return;
      // The first response with a date shows when that second begins, the last one shows when it ends.
      const [newLow, newHigh] = [lastDateMs - receivedMs, lastDateMs + 1000 - sentMs];
      low = Math.max(low, newLow);
      high = Math.min(high, newHigh);
      if (low <= high) return;
      // A header that lags makes the bounds cross by little; a clock that was reset contradicts all earlier bounds.
      [low, high] = low - high < MAX_HEADER_LAG_MS ? [high, low] : [newLow, newHigh];
    },
    at: (clientMs) => (isKnown() ? clientMs + difference() : clientMs),
    get uncertaintyMs() {
      return isKnown() ? Math.max(high - difference(), difference() - low) : 0;
    },
  };
}
