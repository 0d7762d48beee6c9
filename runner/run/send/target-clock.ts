/** `Date` headers of responses -> the time of the target's clock, as exactly as headers with whole seconds allow. */

export interface TargetClock {
  /** Evaluates a response. `date`: its `Date` header; `sentMs` and `receivedMs`: times of the client's clock. */
  observe(date: string | undefined, sentMs: number, receivedMs: number): void;
  /** The target's time in milliseconds at this time of the client's clock; the same time while no response has a usable header. */
  at(clientMs: number): number;
  /**
   * Says by how much the clock of this machine is off from the last `Date` header, where that explains why a signature is refused;
   * else empty.
   */
  describeSkew(): string;
  /** False while no response has a usable header. */
  readonly isKnown: boolean;
  /** Largest error of `at` in milliseconds, in either direction, unless the headers are always late by the same time. */
  readonly uncertaintyMs: number;
}

/** Many servers format the `Date` header once per second, so that it may be up to a second old. */
const MAX_HEADER_LAG_MS = 1000;

/** A server whose clock differs by more would refuse every valid signature, so such a header comes from another machine. */
const MAX_PLAUSIBLE_SKEW_MS = 300_000;

/** A smaller difference refuses no signature: the shortest documented time window is five minutes. Headers are less exact than that. */
const MIN_REFUSED_SKEW_MS = 290_000;

export function createTargetClock(): TargetClock {
  let lastDate = "";
  let lastDateMs = Number.NaN;
  /** Bounds in milliseconds of the difference: the target's clock minus the client's clock. */
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  /** By how much the bounds cross: a header that is late makes `high` too small, and a clock that is set back makes `low` too large. */
  let crossingMs = 0;
  /** The last header minus the client's clock, whatever it is. */
  let skewMs = 0;
  const isKnown = () => Number.isFinite(low) && Number.isFinite(high);
  return {
    observe(date, sentMs, receivedMs) {
      if (date === undefined) return;
      if (date !== lastDate) lastDateMs = Date.parse(date);
      lastDate = date;
      if (Number.isNaN(lastDateMs)) return;
      skewMs = lastDateMs - receivedMs;
      if (Math.abs(skewMs) > MAX_PLAUSIBLE_SKEW_MS) return;
      // The first response with a date shows when that second begins, the last one shows when it ends.
      const [newLow, newHigh] = [lastDateMs - receivedMs, lastDateMs + 1000 - sentMs];
      low = Math.max(low, newLow);
      high = Math.min(high, newHigh);
      crossingMs = Math.max(0, low - high);
      // A clock that was reset contradicts all earlier bounds.
      if (crossingMs > MAX_HEADER_LAG_MS) [low, high, crossingMs] = [newLow, newHigh, 0];
    },
    describeSkew() {
      if (Math.abs(skewMs) < MIN_REFUSED_SKEW_MS) return "";
      const [here, there] = [lastDateMs - skewMs, lastDateMs].map((ms) => new Date(ms).toISOString().slice(0, 19));
      const direction = skewMs > 0 ? "behind" : "ahead of";
      return `the clock of this machine (${here}Z) is ${duration(Math.abs(skewMs))} ${direction} the clock of the target (${there}Z, its Date header)`;
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

/** `5 min 3 s`, `1 h 10 min`, `40 h 0 min`. */
function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  return s < 3600
    ? `${Math.floor(s / 60)} min ${s % 60} s`
    : `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
}

/** The second of the target's clock for which a request is signed at this time of the client's clock. */
export const secondOf = (clock: TargetClock, clientMs: number): number => Math.floor(clock.at(clientMs) / 1000);

/**
 * True where the target may have evaluated a request in another second than `signedFor`. The clock is more exact after the response
 * than it was at signing, so the second of the signature is given.
 */
export function mayHaveCrossedSecond(
  clock: TargetClock,
  signedFor: number,
  sentAtMs: number,
  receivedAtMs: number,
): boolean {
  const { uncertaintyMs } = clock;
  return (
    secondOf(clock, sentAtMs - uncertaintyMs) !== signedFor ||
    secondOf(clock, receivedAtMs + uncertaintyMs) !== signedFor
  );
}
