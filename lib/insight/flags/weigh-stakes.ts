import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { daysAfter } from "@/lib/base/time/days-after"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import { lostAt, unweighed, writeStakes, type Place, type UnweighedRow } from "@/lib/insight/flags/stakes-sql"
import type { FlagKind } from "@/lib/insight/flags/words"

const weeks = 4
const hourMs = 3_600_000
const mostAtOnce = 2_000

/** The cause of the sales that are lost until a flag is dealt with. */
const causeOf = {
  maintenance: "device",
  update: "device",
  replacement: "device",
  training: "operator",
  issuer: "system",
  system: "system",
} as const satisfies Record<FlagKind, Cause>

/** Where the sales were lost. Null if the flag is about no terminal or store. */
const placeOf = ({ kind, terminal_id: terminal, store_id: store }: UnweighedRow): Place | null =>
  terminal === null && store === null
    ? null
    : { terminal_id: terminal ?? 0, store_id: terminal === null ? (store ?? 0) : 0, cause: causeOf[kind] }

const keyOf = ({ terminal_id, store_id, cause }: Place) => `${terminal_id} ${store_id} ${cause}`

/**
 * Works out once an hour, and when it opens, what a flag's terminal or store loses a week: its lost sales of
 * the last four weeks by the cause of the flag's kind. Of several currencies the one with most is kept.
 */
export async function weighStakes(db: Db, { orgId, now }: { orgId: string; now: Date }): Promise<number> {
  const before = new Date(now.getTime() - hourMs)
  const flags = await unweighed(db, { orgId, before, limit: mostAtOnce })
  if (flags.length === 0) return 0
  const places = new Map(
    flags.flatMap((row) => {
      const place = placeOf(row)
      return place ? [[keyOf(place), place] as const] : []
    }),
  )
  const since = daysAfter(now, -7 * weeks)
  const lost = groupBy(await lostAt(db, { orgId, places: [...places.values()], since }), keyOf)
  const weighed = flags.map((row) => {
    const place = placeOf(row)
    const [most] = (place ? (lost.get(keyOf(place)) ?? []) : []).toSorted((a, b) => b.minor - a.minor)
    return most && most.minor > 0
      ? { id: row.id, minor: Math.round(most.minor / weeks), currency: most.currency }
      : { id: row.id, minor: null, currency: null }
  })
  await writeStakes(db, { at: now, flags: weighed })
  return flags.length
}
