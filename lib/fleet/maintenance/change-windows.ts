import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteStoresOf, noteTerminals } from "@/lib/fleet/changes/note-changes"
import { findWindow } from "@/lib/fleet/maintenance/list-windows"
import type { Window, WindowDraft } from "@/lib/fleet/maintenance/schemas"
import { endWindow, idOf, insertWindow, updateWindow } from "@/lib/fleet/maintenance/sql"
import type { WindowPlace } from "@/lib/fleet/maintenance/words"

const subjectOf = ({ id, reason }: Window) => ({ kind: "maintenanceWindow", id, name: reason })
const factsOf = ({ place, starts, ends, isWeekly, lastOn }: Window) => ({
  place: place.name ?? place.kind,
  starts,
  ends,
  isWeekly,
  lastOn,
})

type Asked = { actor: Actor; now?: Date }

/** Adds a maintenance window. */
export async function addWindow({
  actor,
  body,
  now = new Date(),
}: Asked & { body: WindowDraft }): Promise<Window> {
  requirePermission(actor, "flags:write")
  requireReach(actor, body.place.kind)
  return inOrganisation(actor, async (db) => {
    const [row] = await insertWindow(db, body, actor.name)
    if (!row) throw new AppError("not_found", `There is no such ${body.place.kind}.`, { field: "place" })
    const added = await findWindow(db, row.id, now)
    await noteTerminalsOf(db, body.place.kind, idOf(body.place))
    await recordAudit(db, actor, [
      { action: "maintenanceWindow.added", subject: subjectOf(added), before: null, after: factsOf(added) },
    ])
    return added
  })
}

type Chosen = { params: { id: number } }

/** Changes the times of a window, also those that are past. */
export async function changeWindow({
  actor,
  params: { id },
  body,
  now = new Date(),
}: Asked & Chosen & { body: WindowDraft }): Promise<Window> {
  requirePermission(actor, "flags:write")
  return inOrganisation(actor, async (db) => {
    const before = await findWindow(db, id, now)
    requireReach(actor, before.place.kind)
    const [row] = await updateWindow(db, id, body)
    if (!row)
      throw new AppError("conflict", "A window that was ended, or its place, cannot be changed. Add another.")
    const after = await findWindow(db, id, now)
    await noteTerminalsOf(db, body.place.kind, idOf(body.place))
    await recordAudit(db, actor, [
      {
        action: "maintenanceWindow.changed",
        subject: subjectOf(after),
        before: factsOf(before),
        after: factsOf(after),
      },
    ])
    return after
  })
}

/** Ends a window now. What is past stays maintenance. */
export async function endWindowNow({
  actor,
  params: { id },
  now = new Date(),
}: Asked & Chosen): Promise<Window> {
  requirePermission(actor, "flags:write")
  return inOrganisation(actor, async (db) => {
    const before = await findWindow(db, id, now)
    requireReach(actor, before.place.kind)
    const [row] = await endWindow(db, id, now)
    if (!row) throw new AppError("conflict", "This window has been ended already.")
    await noteTerminalsOf(db, before.place.kind, before.place.id ?? 0)
    await recordAudit(db, actor, [
      { action: "maintenanceWindow.ended", subject: subjectOf(before), before: factsOf(before), after: null },
    ])
    return findWindow(db, id, now)
  })
}

/** Whoever sees some stores only decides for these and their terminals. */
function requireReach(actor: Actor, kind: WindowPlace): void {
  if (actor.stores !== null && kind !== "store" && kind !== "terminal")
    throw new AppError(
      "forbidden",
      "You have access to some stores only: choose one of them, or a terminal.",
      {
        field: "place",
      },
    )
}

const noteTerminalsOf = (db: Db, kind: WindowPlace, id: number): Promise<unknown> =>
  kind === "terminal" ? noteTerminals(db, [id]) : noteStoresOf(db, kind, id)
