/** A URL → whether it is an address of this machine: then there is no proxy, no warning, no rate limit, and changes need no ping. */

/**
 * 127.0.0.0/8, also as an IPv6 address, `localhost` and `::1`; 0.0.0.0 and `::` too, by which a client reaches its own
 * machine. `URL` writes every other spelling, such as 127.1 or 0x7f000001, as one of these.
 */
const LOOPBACK_HOST = /^(localhost\.?|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/;

export const isLoopback = (url: string): boolean => LOOPBACK_HOST.test(new URL(url).hostname);
