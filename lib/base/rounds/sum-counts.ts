/** Adds up what the slices of a round counted. `zero` names the counts. */
export const sumCounts = <Counts extends Record<string, number>>(
  zero: Counts,
  slices: readonly NoInfer<Counts>[],
): Counts =>
  slices.reduce<Counts>((sum, one) => {
    const added = Object.keys(zero).map((name) => [name, (sum[name] ?? 0) + (one[name] ?? 0)] as const)
    return { ...sum, ...Object.fromEntries(added) }
  }, zero)
