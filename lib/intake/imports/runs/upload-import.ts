import { createHash } from "node:crypto"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { inPieces, Pace } from "@/lib/base/http/pace"
import { maskPans } from "@/lib/base/text/pan"
import { currentCardKey } from "@/lib/intake/imports/cards/card-ref"
import { chunkLine, longestChunk, packChunk, rowsAChunk } from "@/lib/intake/imports/files/chunks"
import { Table, type KeptRow } from "@/lib/intake/imports/files/read-table"
import type { RecordFileKind } from "@/lib/intake/imports/mapping/targets"
import { beginUpload, deleteRun, endUpload, insertChunk } from "@/lib/intake/imports/runs/sql"
import type { Encoding } from "@/lib/intake/imports/words"

export const mostBytes = 512 * 1024 * 1024

type Upload = {
  actor: Actor
  fileName: string
  body: AsyncIterable<Uint8Array>
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  headerRow?: number | undefined
  kind?: RecordFileKind | undefined
  wanted?: readonly string[]
  hashed?: readonly string[]
}

/**
 * Stores a file in the database as masked rows in chunks, where any worker can read it. Nothing is written to
 * a disk on the way, and only one chunk is in memory.
 */
export async function uploadImport({
  actor,
  fileName,
  body,
  kind,
  ...reading
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
    const table = new Table(limited(body), { ...reading, cardKey })
    const { totalRows, fileHash } = await storeChunks({ orgId, importId }, table)
    await inOrganisation(wholeOrganisation(orgId), async (db) => {
      await endUpload(db, { importId, totalRows, fileHash, detected: table.found, facts: table.facts })
      await recordAudit(db, actor, [
        {
          action: "import.uploaded",
          subject: { kind: "import", id: importId, name },
          after: { rows: totalRows },
        },
      ])
    })
    return { id: importId, totalRows, fileHash, headers: table.found.headers }
  } catch (error) {
    await inOrganisation(wholeOrganisation(orgId), (db) => deleteRun(db, importId))
    throw error
  }
}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of inPieces(body)) {
    length += chunk.byteLength
    if (length > mostBytes) throw new AppError("too_large", "The file is over 512 MiB: split it.")
    yield chunk
  }
}

async function storeChunks(
  { orgId, importId }: { orgId: string; importId: string },
  table: Table,
): Promise<{ totalRows: number; fileHash: string }> {
  const fileHash = createHash("sha256")
  let number = 0
  let totalRows = 0
  let lines: string[] = []
  let length = 0
  const flush = async () => {
    if (lines.length === 0) return
    const bytes = await packChunk(lines)
    const chunk = { orgId, importId, number, first_row: totalRows, row_count: lines.length, bytes }
    await inOrganisation(wholeOrganisation(orgId), (db) => insertChunk(db, chunk))
    number += 1
    totalRows += lines.length
    lines = []
    length = 0
  }
  const pace = new Pace()
  for await (const row of table.rows()) {
    if (pace.isDue) await pace.giveWay()
    const line = chunkLine(row, table.found.headers.length)
    fileHash.update(hashed(row))
    lines.push(line)
    length += line.length
    if (lines.length === rowsAChunk || length > longestChunk) await flush()
  }
  await flush()
  if (totalRows === 0) throw new AppError("invalid", "The file has a header but no rows.")
  fileHash.update(table.found.headers.join("\0"))
  return { totalRows, fileHash: fileHash.digest("hex") }
}

// Without the card reference, which differs with another key.
const hashed = ({ hash, cells }: KeptRow): string => `${hash}\0${cells.join("\0")}\n`
