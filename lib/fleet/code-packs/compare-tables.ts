import type { CodeTablePreview, CurrentCode, ResponseCode } from "@/lib/fleet/code-packs/schemas"

const mostRows = 500

type Compared = CodeTablePreview["rows"][number]

/**
 * What uploading a table would change. An own code that the table leaves out has its shipped meaning again,
 * or none.
 */
export function compareTables(
  given: readonly ResponseCode[],
  current: readonly CurrentCode[],
): Omit<CodeTablePreview, "codeSystem"> {
  const before = new Map(current.map((code) => [code.code, code]))
  const kept = new Set(given.map(({ code }) => code))
  const rows: Compared[] = given.map(({ code, cause, subcause }) => {
    const was = before.get(code)
    const isSame = was?.cause === cause && was.subcause === subcause
    return {
      code,
      cause,
      subcause,
      was: was?.cause ?? null,
      change: !was ? "added" : isSame ? "same" : "changed",
    }
  })
  const dropped: Compared[] = current
    .filter(({ code, isOwn }) => isOwn && !kept.has(code))
    .map(({ code, cause, subcause }) => ({ code, cause, subcause, was: cause, change: "dropped" }))
  const all = [...rows, ...dropped]
  const count = (change: Compared["change"]) => all.filter((row) => row.change === change).length
  return {
    added: count("added"),
    changed: count("changed"),
    same: count("same"),
    dropped: count("dropped"),
    rows: all.filter(({ change }) => change !== "same").slice(0, mostRows),
  }
}
