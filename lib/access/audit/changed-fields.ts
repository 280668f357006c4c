import { isDeepStrictEqual } from "node:util"

/** The fields that differ, before and after. Null if none does. */
export function changedFields<Fields extends object>(
  before: Fields,
  after: Fields,
): { before: Partial<Fields>; after: Partial<Fields> } | null {
  const names = (Object.keys(after) as (keyof Fields)[]).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
  const pick = (of: Fields) => Object.fromEntries(names.map((name) => [name, of[name]])) as Partial<Fields>
  return names.length > 0 ? { before: pick(before), after: pick(after) } : null
}
