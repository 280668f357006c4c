import type { Db } from "@/lib/base/db/transaction"
import { storeNames } from "@/lib/fleet/stores/namesakes"
import { flagOf } from "@/lib/insight/flags/list-flags"
import type { Flag } from "@/lib/insight/flags/schemas"
import { detectEverySeconds, urgencyOf } from "@/lib/insight/flags/words"
import type { Overview } from "@/lib/outlook/overview/schemas"
import { openFlags, type Head } from "@/lib/outlook/overview/sql"

const newestOfEach = 3

type Needs = Pick<Overview, "needs" | "nextRoundAt">

/** The open flags by rule and kind, most urgent first, or when terminals are evaluated next. */
export async function needsOf(db: Db, head: Head, now: Date): Promise<Needs> {
  const needs: Overview["needs"] = []
  const rows = await openFlags(db, newestOfEach)
  const nameOf = await storeNames(
    db,
    rows.flatMap(({ store_id: id }) => (id === null ? [] : [id])),
  )
  const named = ({ store, ...flag }: Flag): Flag => ({
    ...flag,
    store: store && { ...store, name: nameOf(store.id, store.name) },
  })
  for (const row of rows) {
    const last = needs.at(-1)
    if (last?.rule === row.rule && last.kind === row.kind) last.newest.push(named(flagOf(row)))
    else needs.push({ rule: row.rule, kind: row.kind, count: row.count, newest: [named(flagOf(row))] })
  }
  needs.sort((a, b) => urgencyOf(a) - urgencyOf(b))
  return { needs, nextRoundAt: needs.length > 0 ? null : nextRoundAt(head, now) }
}

/** Null once every terminal was evaluated and no condition waits for its second evaluation. */
function nextRoundAt({ is_first_look, candidates_at }: Head, now: Date): string | null {
  if (!is_first_look && candidates_at === null) return null
  const next = (candidates_at ?? now).getTime() + detectEverySeconds * 1000
  return new Date(Math.max(next, now.getTime())).toISOString()
}
