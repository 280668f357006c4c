type Values = { [field: string]: unknown }

/** The fields that differ, before and after; null where none does. */
export function changes(before: Values, after: Values): { before: Values; after: Values } | null {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  if (fields.length === 0) return null
  const of = (values: Values): Values => Object.fromEntries(fields.map((field) => [field, values[field] ?? null]))
  return { before: of(before), after: of(after) }
}
