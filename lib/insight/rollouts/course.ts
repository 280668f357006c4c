import type { Db } from "@/lib/base/db/transaction"
import { addDays, localDay, type Day } from "@/lib/base/time/zone"
import type { Component } from "@/lib/fleet/catalogue/components"
import { isBehind } from "@/lib/fleet/releases/version"
import { effectOf, sumOf } from "@/lib/insight/rollouts/effect"
import { ringsOf, type RingStore } from "@/lib/insight/rollouts/rings"
import type { Course } from "@/lib/insight/rollouts/schemas"
import { countStuck, ringStores, stuckTerminals, type StoreRow } from "@/lib/insight/rollouts/sql"

/** After so many days in a store that got the release, a terminal without it counts as stuck. */
const stuckAfterDays = 7
const mostStuck = 100

type Of = {
  component: Component
  version: string
  model: number | null
  /** The versions before it that terminals run now. */
  older: readonly string[]
  /** The stores that the reader is limited to, or null. */
  stores: readonly number[] | null
  now: Date
}

/** Reads weeks of days of each terminal. */
export async function courseOf(db: Db, { older, now, ...of }: Of): Promise<Course> {
  const today = localDay(now, "UTC")
  const stores = (await ringStores(db, { ...of, today })).map(storeOf)
  return {
    rings: ringsOf(stores),
    effect: effectOf(sumOf(stores)),
    stuck: await stuckIn(db, { ...of, stores, older, today }),
    asOf: now.toISOString(),
  }
}

export const olderThan = (version: string, reported: readonly { version: string }[]): string[] =>
  [...new Set(reported.map((one) => one.version))].filter((one) => isBehind(one, version))

const storeOf = (row: StoreRow): RingStore => ({
  storeId: row.store_id,
  label: row.label,
  firstOn: row.first_on,
  terminals: row.terminals,
  updated: { before: row.updated_before, after: row.updated_after },
  others: { before: row.other_before, after: row.other_after },
})

type Waiting = Pick<Of, "component" | "model" | "older"> & { stores: readonly RingStore[]; today: Day }

async function stuckIn(
  db: Db,
  { component, stores, older, model, today }: Waiting,
): Promise<Course["stuck"]> {
  const since = new Map(
    stores
      .filter(({ firstOn }) => firstOn <= addDays(today, -stuckAfterDays))
      .map(({ storeId, firstOn }) => [storeId, firstOn]),
  )
  const waiting = { component, older, model, stores: [...since.keys()] }
  const rows = await stuckTerminals(db, waiting, mostStuck)
  const [counted] = rows.length < mostStuck ? [] : await countStuck(db, waiting)
  return {
    count: counted?.count ?? rows.length,
    data: rows.map(({ id, serial, store_id: store, store_name: name, version }) => ({
      id,
      serial,
      store: { id: store, name },
      version,
      storeSince: since.get(store) ?? today,
    })),
  }
}
