/** How fast an action may be called where no page documents a rate limit. */

/** The lowest rate limit that any page documents for an action: a faster run could exceed a quota that nobody documents. */
export const DEFAULT_RATE_PER_SECOND = 20;
