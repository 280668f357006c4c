import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { identifier, instant, shortText } from "@/lib/base/text/fields"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { ownPlaceholderTest } from "@/lib/fleet/terminals/own-placeholders"
import { placeholderMessage } from "@/lib/fleet/terminals/placeholder"
import { keptObject } from "@/lib/intake/ingest/kept"
import { directoryOf } from "@/lib/intake/ingest/terminals"
import { quarantinedOrThrow } from "@/lib/intake/quarantine/get-quarantined"
import { replayQuarantine } from "@/lib/intake/quarantine/replay-quarantine"
import type { Enrolled, EnrolRequest } from "@/lib/intake/quarantine/schemas"
import { storeCode, terminalSerial } from "@/lib/intake/quarantine/sql"

/** The terminal in a record; a transaction has only the first field. */
const Named = z.object({
  terminal: identifier,
  at: instant,
  serial: identifier.optional(),
  tid: identifier.optional(),
  model: shortText.optional(),
})

async function unknownTerminalOf(db: Db, id: number): Promise<z.infer<typeof Named>> {
  const { code, resolvedAt, correction, record } = await quarantinedOrThrow(db, id)
  const named = Named.safeParse(keptObject(correction ?? record))
  if (code !== "unknown_terminal" || resolvedAt !== null || !named.success)
    throw new AppError("conflict", "This record was not rejected for an unknown terminal.")
  return named.data
}

/**
 * Enrols the terminal that a record names, like ingest if the organisation allows it, and replays its
 * records. In a chosen store it is active; in the unassigned store it is pending.
 */
export async function enrolTerminal({
  actor,
  id,
  store,
}: { actor: Actor; id: number } & EnrolRequest): Promise<Enrolled> {
  requirePermission(actor, "quarantine:write")
  requirePermission(actor, "inventory:write")
  const terminal = await inOrganisation(actor, async (db) => {
    const named = await unknownTerminalOf(db, id)
    const [place] = store === undefined ? [] : await storeCode(db, store)
    if (store !== undefined && !place)
      throw new AppError("invalid", "There is no such store.", { field: "store" })
    if ((await ownPlaceholderTest(db))(named.terminal))
      throw new AppError("conflict", placeholderMessage(named.terminal))
    const { terminal, serial, tid, model } = named
    const name = {
      terminal,
      acquirer: null,
      at: Date.parse(named.at),
      ...(serial === undefined ? {} : { serial }),
      ...(tid === undefined ? {} : { tid }),
      ...(model === undefined ? {} : { model }),
      ...(place ? { store: place.code } : {}),
    }
    const before = (await directoryOf(db, [name], [])).resolve(name)
    const found = (await directoryOf(db, [name], [name])).resolve(name)
    if (typeof found === "string")
      throw new AppError("conflict", "Several terminals have this name: correct the record.")
    const [row] = await terminalSerial(db, found.terminalId)
    const subject = { kind: "terminal", id: found.terminalId, name: row?.serial ?? name.terminal }
    if (typeof before === "string") {
      await recordAudit(db, actor, [
        {
          action: "terminal.enrolled",
          subject,
          after: {
            terminal: name.terminal,
            ...(model === undefined ? {} : { model }),
            ...(place ? { store: place.code } : {}),
          },
        },
      ])
    }
    return { id: found.terminalId, serial: subject.name, name: name.terminal, place: place?.code }
  })
  if (terminal.place !== undefined) {
    await upsertTerminals({
      actor,
      entries: [{ serial: terminal.serial, status: "active", store: terminal.place }],
    })
  }
  const replay = await replayQuarantine({
    actor,
    query: { code: "unknown_terminal", terminal: terminal.name },
  })
  return { terminal: { id: terminal.id, serial: terminal.serial }, replay }
}
