import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { readPage } from "@/lib/base/pages/read-page"
import { daysAfter } from "@/lib/base/time/days-after"
import { windowOf } from "@/lib/fleet/maintenance/read-windows"
import type { Window, WindowPage, WindowQuery } from "@/lib/fleet/maintenance/schemas"
import { timesOf } from "@/lib/fleet/maintenance/spans"
import { windowById, windowOrder, windowPage, type WindowRow } from "@/lib/fleet/maintenance/sql"
import { storeNames } from "@/lib/fleet/stores/namesakes"

type Input = { actor: Actor; query: WindowQuery; now?: Date }

/** A page of maintenance windows, the newest first. */
export async function listWindows({
  actor,
  query: { cursor, limit, ...filter },
  now = new Date(),
}: Input): Promise<WindowPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(windowOrder, { cursor, limit }, (slice) =>
      windowPage(db, filter, slice),
    )
    const nameOf = await storeNames(
      db,
      rows.flatMap(({ place_kind: kind, place_id: id }) => (kind === "store" ? [id] : [])),
    )
    const named = ({ place, ...window }: Window): Window =>
      place.kind === "store" && place.id !== null && place.name !== null
        ? { ...window, place: { ...place, name: nameOf(place.id, place.name) } }
        : { ...window, place }
    return { data: rows.map((row) => named(answerOf(row, now))), ...links }
  })
}

/** A window within reach, or an error. */
export async function findWindow(db: Db, id: number, now: Date): Promise<Window> {
  const [row] = await windowById(db, id)
  if (!row) throw new AppError("not_found", "There is no such maintenance window.")
  return answerOf(row, now)
}

/** The next time of a window comes within a year, if it comes. */
const aheadDays = 400
const iso = (at: number) => new Date(at).toISOString()

function answerOf(row: WindowRow, now: Date): Window {
  const within = { from: now.getTime(), to: daysAfter(now, aheadDays).getTime() }
  const isGone = row.place_kind !== "organisation" && row.name === null
  const [next] = isGone ? [] : timesOf(windowOf(row), row.time_zone, within)
  return {
    id: row.id,
    reason: row.reason,
    place: { kind: row.place_kind, id: row.place_id === 0 ? null : row.place_id, name: row.name },
    starts: row.starts,
    ends: row.ends,
    isWeekly: row.is_weekly,
    lastOn: row.last_on,
    endedAt: row.ended_at?.toISOString() ?? null,
    madeAt: row.made_at.toISOString(),
    madeBy: row.made_by,
    next: next ? { from: iso(next.from), to: iso(next.to) } : null,
  }
}
