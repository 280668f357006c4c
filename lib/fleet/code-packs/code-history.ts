import type { CodeChange, CodeMeaning } from "@/lib/fleet/code-packs/schemas"

type Version = { version: number; at: Date; by: string | null; meaning: CodeMeaning | null }

const isSame = (a: CodeMeaning | null, b: CodeMeaning | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    Object.entries(a).every(([key, value]) => b[key as keyof CodeMeaning] === value))

/**
 * What changed the meaning of a code, the newest first. `shipped` counts where the organisation's table has
 * no entry.
 */
export function codeHistory(shipped: CodeMeaning | null, versions: readonly Version[]): CodeChange[] {
  let before = shipped
  return versions
    .flatMap(({ version, at, by, meaning }): CodeChange[] => {
      const [from, to] = [before, meaning ?? shipped]
      before = to
      return isSame(from, to) ? [] : [{ version, at: at.toISOString(), by, from, to }]
    })
    .toReversed()
}
