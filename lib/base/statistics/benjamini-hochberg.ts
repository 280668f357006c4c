/**
 * The largest p value that is a discovery at this false discovery rate, or 0 if none is. Y. Benjamini and
 * Y. Hochberg (1995), J. R. Stat. Soc. B 57:289-300.
 */
export function discoveryLimit(pValues: ArrayLike<number>, rate: number): number {
  const sorted = Float64Array.from(pValues).sort()
  for (let i = sorted.length - 1; i >= 0; i -= 1) {
    const p = sorted[i] ?? 1
    if (p <= (rate * (i + 1)) / sorted.length) return p
  }
  return 0
}
