/**
 * Computes something once for the same rows and key. Rows that are kept for a while are the same object until
 * they are read anew.
 */
export function onceFor<T>() {
  const known = new WeakMap<object, { key: string; value: T }>()
  return (rows: object, key: string, compute: () => T): T => {
    const before = known.get(rows)
    if (before?.key === key) return before.value
    const value = compute()
    known.set(rows, { key, value })
    return value
  }
}
