import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { alone } from "@/lib/base/rounds/alone"
import { daysAfter } from "@/lib/base/time/days-after"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import {
  allOpen,
  isDueSince,
  lostAt,
  noteWeighed,
  unweighed,
  writeStakes,
  type OpenRow,
  type Place,
  type Weighed,
} from "@/lib/insight/flags/stakes-sql"
import type { FlagKind } from "@/lib/insight/flags/words"

const weeks = 4
const hourMs = 3_600_000
const mostAtOnce = 2_000
/** A stake that changes by less is not written again. */
const noticeable = 0.05

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
const placeOf = ({ kind, terminal_id: terminal, store_id: store }: OpenRow): Place | null =>
  terminal === null && store === null
    ? null
    : { terminal_id: terminal ?? 0, store_id: terminal === null ? (store ?? 0) : 0, cause: causeOf[kind] }

const keyOf = ({ terminal_id, store_id, cause }: Place) => `${terminal_id} ${store_id} ${cause}`

type Weighing = { orgId: string; now: Date }

/**
 * Works out what a flag's terminal or store loses a week, when it opens and then once an hour: its lost sales
 * of the last four weeks by the cause of the flag's kind. Of several currencies the one with most is kept.
 * Weighs a slice with each step, and returns how many flags it has written.
 */
export async function* weighStakes({ orgId, now }: Weighing): AsyncGenerator<number, void> {
  const lock = { round: "nights", orgId } as const
  const before = new Date(now.getTime() - hourMs)
  const isDue = await alone(lock, async (db) => (await isDueSince(db, { orgId, before })).length > 0)
  const read = isDue ? allOpen : unweighed
  for (let after: number | undefined = 0; after !== undefined;) {
    const place: number = after
    const slice = await alone(lock, async (db) => {
      const flags = await read(db, { orgId, after: place, limit: mostAtOnce })
      const last = flags.length === mostAtOnce ? flags.at(-1)?.id : undefined
      const written = await weigh(db, { orgId, now, flags })
      if (isDue && last === undefined) await noteWeighed(db, { orgId, at: now })
      return { last, written }
    })
    if (!slice) return
    yield slice.written
    after = slice.last
  }
}

/** Writes the stakes of those of these flags that are new, or whose stake has changed. */
async function weigh(
  db: Db,
  { orgId, now, flags }: Weighing & { flags: readonly OpenRow[] },
): Promise<number> {
  if (flags.length === 0) return 0
  const places = new Map(
    flags.flatMap((row) => {
      const place = placeOf(row)
      return place ? [[keyOf(place), place] as const] : []
    }),
  )
  const since = daysAfter(now, -7 * weeks)
  const lost = groupBy(await lostAt(db, { orgId, places: [...places.values()], since }), keyOf)
  const changed = flags.flatMap((row): Weighed[] => {
    const place = placeOf(row)
    const [most] = (place ? (lost.get(keyOf(place)) ?? []) : []).toSorted((a, b) => b.minor - a.minor)
    const stake =
      most && most.minor > 0
        ? { minor: Math.round(most.minor / weeks), currency: most.currency }
        : { minor: null, currency: null }
    return row.is_new || hasChanged(row, stake) ? [{ id: row.id, ...stake }] : []
  })
  if (changed.length > 0) await writeStakes(db, { at: now, flags: changed })
  return changed.length
}

type Stake = Pick<Weighed, "minor" | "currency">

const hasChanged = (before: Stake, after: Stake): boolean =>
  before.currency !== after.currency ||
  Math.abs((after.minor ?? 0) - (before.minor ?? 0)) > noticeable * (before.minor ?? 0)
