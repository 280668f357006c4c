import { groupBy } from "@/lib/base/group-by"
import type { CodeMeaning, CodeSuggestion } from "@/lib/fleet/code-packs/schemas"

/**
 * What a code most likely means: what most other code tables say that have it. Null if none has it, or if as
 * many say something else.
 */
export function suggestMeaning(elsewhere: readonly CodeMeaning[]): CodeSuggestion | null {
  const groups = groupBy(elsewhere, ({ cause, subcause }) => `${cause} ${subcause}`)
  const [best, next] = [...groups.values()].toSorted((a, b) => b.length - a.length)
  const [first] = best ?? []
  if (!first || !best || best.length === next?.length) return null
  return { ...first, agreeing: best.length, tables: elsewhere.length }
}
