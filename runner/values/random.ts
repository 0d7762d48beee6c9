/** A seed and a name → a stream of numbers, the same each time. */

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(text: string, seed = 0): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193) >>> 0;
  }
  return h;
}

export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, fast, good enough for test values; nothing here is secret. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return {
    int(below) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) % below;
    },
    pick(from) {
      if (from.length === 0) throw new Error("nothing to pick from an empty list");
      return from[this.int(from.length)] as (typeof from)[number];
    },
  };
}
