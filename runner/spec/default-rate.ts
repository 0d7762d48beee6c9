/** The rate limit of actions whose page documents none. */

/** Calls per second. The lowest rate limit that any page documents: a faster run could exceed an undocumented quota. */
export const DEFAULT_RATE_PER_SECOND = 20;
