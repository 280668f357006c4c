import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { inPieces } from "@/lib/base/http/pace"
import { maskPans } from "@/lib/base/text/pan"
import { currentCardKey, type CardKey } from "@/lib/intake/imports/cards/card-ref"
import type { Source } from "@/lib/intake/imports/files/source-form"
import type { RecordFileKind } from "@/lib/intake/imports/mapping/targets"
import { keepSource, openSource } from "@/lib/intake/imports/runs/keep-source"
import { beginUpload, deleteRun, endUpload } from "@/lib/intake/imports/runs/sql"
import { storeRows, type Reading } from "@/lib/intake/imports/runs/store-rows"
import { maskedSource } from "@/lib/intake/imports/source/masked-source"

export const mostBytes = 512 * 1024 * 1024

type Upload = Reading & {
  actor: Actor
  fileName: string
  kind?: RecordFileKind | undefined
} & ({ body: AsyncIterable<Uint8Array> } | { open: () => AsyncIterable<Uint8Array> })

/**
 * Stores a file in the database as masked rows in chunks, where any worker can read it. A body is also kept
 * as a masked copy until the import starts, so that it can be read again in other ways. Nothing is written to
 * a disk on the way, and only one chunk is in memory.
 */
export async function uploadImport({
  actor,
  fileName,
  kind,
  ...given
}: Upload): Promise<{ id: string; totalRows: number; fileHash: string; headers: string[] }> {
  requirePermission(actor, "imports:write")
  const { orgId } = actor
  const name = maskPans(fileName).toWellFormed().replaceAll("\0", "")
  const { cardKey, importId } = await inOrganisation(wholeOrganisation(orgId), async (db) => {
    const [run] = await beginUpload(db, { orgId, fileName: name, kind: kind ?? null })
    if (!run) throw new Error("the run was not stored")
    return { cardKey: await currentCardKey(db, orgId), importId: run.id }
  })
  try {
    const run = { orgId, importId, cardKey }
    const { open, source } =
      "open" in given
        ? { open: () => limited(given.open()), source: null }
        : await keep(run, { ...given, body: limited(given.body) })
    const { totalRows, fileHash, found, facts } = await storeRows({ ...run, open, source }, given)
    await inOrganisation(wholeOrganisation(orgId), async (db) => {
      await endUpload(db, { importId, totalRows, fileHash, detected: found, facts, source })
      await recordAudit(db, actor, [
        {
          action: "import.uploaded",
          subject: { kind: "import", id: importId, name },
          after: { rows: totalRows },
        },
      ])
    })
    return { id: importId, totalRows, fileHash, headers: found.headers }
  } catch (error) {
    await inOrganisation(wholeOrganisation(orgId), (db) => deleteRun(db, importId))
    throw error
  }
}

type Run = { orgId: string; importId: string; cardKey: CardKey }

/** Stores the masked copy of a file. */
async function keep(
  { orgId, importId, cardKey }: Run,
  { body, encoding, delimiter }: Reading & { body: AsyncIterable<Uint8Array> },
) {
  let source: Source | null = null
  const onSource = (found: Source) => (source = found)
  await keepSource({ orgId, importId }, maskedSource(body, { cardKey, encoding, delimiter, onSource }))
  return { open: () => openSource({ orgId, importId }), source }
}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of inPieces(body)) {
    length += chunk.byteLength
    if (length > mostBytes) throw new AppError("too_large", "The file is over 512 MiB: split it.")
    yield chunk
  }
}
