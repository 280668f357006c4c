import type { Place } from "@/tests/support/tables/place"

const place = (
  mark: string,
  base: number,
  orgId: string,
  sales: number,
  owner: Place | null = null,
): Place => ({ mark, base, orgId, sales, owner })

/** Two organisations, and stores of theirs. Every id and text shows which one it belongs to. */
export const a = place("whole-a", 7000, "0a000000-0000-4000-8000-00000000000a", 0)
export const b = place("whole-b", 8000, "0b000000-0000-4000-8000-00000000000b", 0)
export const own = place("own-a", 7100, a.orgId, 7, a)
export const other = place("other-a", 7200, a.orgId, 1300, a)
export const foreign = place("own-b", 8100, b.orgId, 90_000, b)
export const foreignToo = place("other-b", 8200, b.orgId, 90_000, b)
