/** Key → value, created once and cached up to a limit. */

/** A cache with at most `limit` entries; a new entry removes the oldest. */
export function memoize<Value, Key = string>(limit: number): (key: Key, create: () => Value) => Value {
  const cache = new Map<Key, Value>();
  return (key, create) => {
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const value = create();
    if (cache.size >= limit) {
      for (const oldest of cache.keys()) {
        cache.delete(oldest);
        break;
      }
    }
    cache.set(key, value);
    return value;
  };
}
