import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import { changeHelpLinks } from "@/lib/fleet/terminals/help-link/change-help-links"
import { mostLabels, changedLabels } from "@/lib/fleet/terminals/labels"
import {
  changeTerminals,
  inTerminalChange,
  type Outcome,
  type Refused,
} from "@/lib/fleet/terminals/life/change-terminals"
import { notFound, type CurrentAssignments } from "@/lib/fleet/terminals/life/life"
import { mostAtOnce, type BulkRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { lockTerminals, setLabels } from "@/lib/fleet/terminals/life/life-sql"
import { changePurchases } from "@/lib/fleet/terminals/purchase/change-purchases"
import type { PurchaseFields } from "@/lib/fleet/terminals/purchase/schemas"
import { findTerminals } from "@/lib/fleet/terminals/read/find-terminals"
import { matchingIds } from "@/lib/fleet/terminals/read/list-sql"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

/**
 * Makes one change to many terminals. Changes those that allow it, and returns the others with the reason.
 */
export async function changeMany({
  actor,
  terminals,
  change,
}: { actor: Actor } & BulkRequest): Promise<Outcome> {
  requirePermission(actor, "inventory:write")
  const ids = await chosen(actor, terminals)
  switch (change.kind) {
    case "enrol":
      return changeTerminals({
        actor,
        ids,
        change: { isEnrolment: true, store: change.store, status: change.status },
        at: change.at,
        note: change.note,
      })
    case "move":
      return changeTerminals({
        actor,
        ids,
        change: { store: change.store },
        at: change.at,
        note: change.note,
      })
    case "status":
      return changeTerminals({
        actor,
        ids,
        change: { status: change.status },
        at: change.at,
        note: change.note,
      })
    case "labels":
      return labelMany({ actor, ids, add: change.add, remove: change.remove })
    case "helpLink":
      return changeHelpLinksOfMany({ actor, ids, step: change.step })
    case "purchase":
      return changePurchaseOfMany({ actor, ids, purchase: change })
  }
}

async function chosen(actor: Actor, terminals: BulkRequest["terminals"]): Promise<number[]> {
  if ("ids" in terminals) return terminals.ids
  const { filter } = terminals
  const rows = await inOrganisation(actor, async (db) =>
    matchingIds(db, {
      ...(await findTerminals(db, { filter, actor })),
      limit: mostAtOnce + 1,
    }),
  )
  if (rows.length > mostAtOnce)
    throw new AppError("too_large", `More than ${mostAtOnce} terminals match. Narrow the filter.`, {
      reason: "too_many",
    })
  return rows.map(({ id }) => id)
}

function labelMany({
  actor,
  ids,
  add,
  remove,
}: {
  actor: Actor
  ids: number[]
  add: string[]
  remove: string[]
}): Promise<Outcome> {
  return inTerminalChange(actor, async (db) => {
    const { locked, refused } = await lockedTerminals(db, actor, ids)
    const changed: { id: number; serial: string; before: string[]; labels: string[] }[] = []
    for (const { id, serial, labels: before } of locked) {
      const labels = changedLabels(before, { add, remove })
      if (labels.length > mostLabels)
        refused.push({
          id,
          serial,
          reason: "too_many_labels",
          message: `${serial} would have more than ${mostLabels} labels.`,
        })
      else if (labels.join("\n") !== before.join("\n")) changed.push({ id, serial, before, labels })
    }
    for (const alike of groupBy(changed, ({ labels }) => JSON.stringify(labels)).values())
      await setLabels(
        db,
        alike.map(({ id }) => id),
        alike[0]?.labels ?? [],
      )
    await recordAudit(
      db,
      actor,
      changed.map(({ id, serial, before, labels }) => ({
        action: "terminal.changed",
        subject: { kind: "terminal", id, name: serial },
        before: { labels: before },
        after: { labels },
      })),
    )
    return { changed: changed.length, refused }
  })
}

function changeHelpLinksOfMany({
  actor,
  ids,
  step,
}: {
  actor: Actor
  ids: number[]
  step: HelpLinkStep
}): Promise<Outcome> {
  return inTerminalChange(actor, async (db) => {
    const { locked, refused } = await lockedTerminals(db, actor, ids)
    const entries = await changeHelpLinks(db, locked, step)
    await recordAudit(db, actor, entries)
    return { changed: entries.length, refused }
  })
}

function changePurchaseOfMany({
  actor,
  ids,
  purchase,
}: {
  actor: Actor
  ids: number[]
  purchase: PurchaseFields
}): Promise<Outcome> {
  return inTerminalChange(actor, async (db) => {
    const { locked, refused } = await lockedTerminals(db, actor, ids)
    const bought = await changePurchases(db, locked, purchase)
    await recordAudit(
      db,
      actor,
      bought.changed.map(({ id, serial, before, after }) => ({
        action: "terminal.changed",
        subject: { kind: "terminal", id, name: serial },
        before,
        after,
      })),
    )
    return { changed: bought.changed.length, refused: [...refused, ...bought.refused] }
  })
}

async function lockedTerminals(
  db: Db,
  actor: Actor,
  ids: number[],
): Promise<{ locked: CurrentAssignments[]; refused: Refused[] }> {
  const locked = await lockTerminals(db, { ids, stores: actor.stores })
  const found = new Set(locked.map(({ id }) => id))
  return {
    locked,
    refused: ids.filter((id) => !found.has(id)).map((id) => ({ id, serial: null, ...notFound })),
  }
}
