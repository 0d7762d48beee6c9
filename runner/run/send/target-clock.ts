/** `Date` headers of responses -> the time of the target's clock, as exactly as headers with whole seconds allow. */

export interface TargetClock {
  /** Evaluates a response. `date`: its `Date` header; `sentMs` and `receivedMs`: times of the client's clock. */
  observe(date: string | undefined, sentMs: number, receivedMs: number): void;
  /** The target's time in milliseconds at this time of the client's clock; the same time while no response has a usable header. */
  at(clientMs: number): number;
  /** False while no response has a usable header. */
  readonly isKnown: boolean;
  /** Largest error of `at` in milliseconds, in either direction, unless the headers are always late by the same time. */
  readonly uncertaintyMs: number;
}

/** Many servers format the `Date` header once per second, so that it may be up to a second old. */
const MAX_HEADER_LAG_MS = 1000;

/** A server whose clock differs by more would refuse every valid signature, so such a header comes from another machine. */
const MAX_PLAUSIBLE_SKEW_MS = 300_000;

export function createTargetClock(): TargetClock {
  let lastDate = "";
  let lastDateMs = Number.NaN;
  /** Bounds in milliseconds of the difference: the target's clock minus the client's clock. */
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  /** By how much the bounds cross: a header that is late makes `high` too small, and a clock that is set back makes `low` too large. */
  let crossingMs = 0;
  const isKnown = () => Number.isFinite(low) && Number.isFinite(high);
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
      crossingMs = Math.max(0, low - high);
      // A clock that was reset contradicts all earlier bounds.
      if (crossingMs > MAX_HEADER_LAG_MS) [low, high, crossingMs] = [newLow, newHigh, 0];
    },
    at: (clientMs) => (isKnown() ? clientMs + (low + high) / 2 : clientMs),
    get isKnown() {
      return isKnown();
    },
    get uncertaintyMs() {
      return isKnown() ? Math.abs(high - low) / 2 + crossingMs : 0;
    },
  };
}

/** True where the target's clock may have shown one second at sending and another at receiving. */
export function mayHaveCrossedSecond(clock: TargetClock, sentAtMs: number, receivedAtMs: number): boolean {
  const second = (ms: number) => Math.floor(clock.at(ms) / 1000);
  return second(sentAtMs - clock.uncertaintyMs) !== second(receivedAtMs + clock.uncertaintyMs);
}
