/** A seed and a name → a stream of pseudo-random numbers, the same for the same seed and name. */

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
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  /** Throws where the list is empty. */
  pick<T>(items: readonly T[]): T;
}

/** mulberry32: small, fast and good enough for test values, none of which is secret. */
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
    pick(items) {
      if (items.length === 0) throw new Error("cannot pick an item of an empty list");
      return items[this.int(items.length)] as (typeof items)[number];
    },
  };
}
