import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { closesAtOnce, type Outcome } from "@/lib/insight/flags/outcomes"
import { remoteFor } from "@/lib/insight/flags/remote-words"
import type { Change, Handling, HandlingAnswer } from "@/lib/insight/handling/schemas"
import {
  acknowledge,
  assign,
  closeFlags,
  insertEvents,
  insertFindings,
  lockOpenFlags,
  snooze,
  type Handled,
} from "@/lib/insight/handling/sql"
import { askRemote, endPending } from "@/lib/insight/remote/ask-remote"
import { countOpenFlags } from "@/lib/insight/standings/note-changes"

type Asked = { actor: Actor; body: Handling; now?: Date }

/** Does one thing with open flags: acknowledge, assign, snooze, comment, try, or say what was found. */
export async function handleFlags({
  actor,
  body: { ids, change },
  now = new Date(),
}: Asked): Promise<HandlingAnswer> {
  requirePermission(actor, "flags:write")
  return inOrganisation(actor, async (db) => {
    const flags = affected(await lockOpenFlags(db, ids), change)
    const by = actor.name
    await apply(db, flags, { change, by, now })
    await insertEvents(db, flags, change, { by, at: now })
    await recordAudit(
      db,
      actor,
      flags.map(({ id, serial, subject }) => ({
        action: "flag.handled",
        subject: { kind: "flag", id, name: serial ?? subject },
        after: change,
      })),
    )
    return { changed: flags.length }
  })
}

/** No heartbeat may ever come to prove that the sales in a terminal out of service have arrived. */
const isSettled = ({ rule, is_out_of_service }: Handled, outcome: Outcome) =>
  rule === "unsent_sales" && is_out_of_service && outcome === "fixed"

/** The flags that a change is for. */
function affected(open: readonly Handled[], change: Change): readonly Handled[] {
  if (open.length === 0)
    throw new AppError("conflict", "These flags have been closed meanwhile. Load the list again.")
  if (change.what !== "try") return open
  const helped = open.filter((flag) => flag.terminal_id !== null && remoteFor(flag).includes(change.action))
  if (helped.length === 0) throw new AppError("conflict", "This action helps with none of these flags.")
  return helped
}

type Applied = { change: Change; by: string; now: Date }

async function apply(db: Db, flags: readonly Handled[], { change, by, now }: Applied): Promise<void> {
  const ids = flags.map(({ id }) => id)
  const terminals = flags.flatMap((flag) => flag.terminal_id ?? [])
  switch (change.what) {
    case "acknowledge":
      await acknowledge(db, ids, now)
      return
    case "assign":
      await assign(db, ids, change.to)
      return
    case "snooze":
      await snooze(db, ids, change.until)
      await countOpenFlags(db, terminals, now)
      // When they count again, their terminals are ranked anew.
      await noteTerminals(db, terminals)
      return
    case "comment":
      return
    case "try":
      await askRemote(db, flags, { action: change.action, by, at: now })
      return
    case "find": {
      const { outcome, note = null } = change
      await insertFindings(db, flags, { outcome, note, by, at: now })
      // Whether keeping a terminal pays depends on its failures.
      await noteTerminals(db, terminals)
      const closed = flags.filter((flag) => closesAtOnce(outcome, flag.rule) || isSettled(flag, outcome))
      if (closed.length === 0) return
      const closedIds = closed.map(({ id }) => id)
      await closeFlags(db, closedIds, now)
      const state = outcome === "fixed_remotely" ? "helped" : "did_not_help"
      await endPending(db, { flagIds: closedIds, state, at: now })
      await countOpenFlags(
        db,
        closed.flatMap((flag) => flag.terminal_id ?? []),
        now,
      )
    }
  }
}
