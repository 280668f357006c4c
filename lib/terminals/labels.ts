export const mostLabels = 20
export const longestLabel = 40

/** Labels with some more and some less: each once, in order. */
export const relabelled = (labels: readonly string[], { add, remove }: { add: readonly string[]; remove: readonly string[] }): string[] =>
  [...new Set([...labels.filter((label) => !remove.includes(label)), ...add])].toSorted()
