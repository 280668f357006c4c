import { createHash } from "node:crypto"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import type { CardKey } from "@/lib/intake/imports/cards/card-ref"
import { chunkLine, longestChunk, packChunk, rowsAChunk } from "@/lib/intake/imports/files/chunks"
import type { Found, KeptRow } from "@/lib/intake/imports/files/file-row"
import { judgeDelimiters } from "@/lib/intake/imports/files/read-csv"
import { Table } from "@/lib/intake/imports/files/read-table"
import type { Source } from "@/lib/intake/imports/files/source-form"
import type { FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { deleteChunks, insertChunk } from "@/lib/intake/imports/runs/sql"
import type { Encoding } from "@/lib/intake/imports/words"

/** How a file is read. What is absent is detected. */
export type Reading = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  headerRow?: number | undefined
  wanted?: readonly string[]
  hashed?: readonly string[]
}

type From = {
  orgId: string
  importId: string
  cardKey: CardKey
  /** Opens the file, several times if needed. */
  open: () => AsyncIterable<Uint8Array>
  /** Null if the file is read as it is. */
  source: Source | null
}

export type Stored = { totalRows: number; fileHash: string; found: Found; facts: FileFacts }

/**
 * Reads a file and stores its rows in chunks. If its rows do not have the same number of cells, and its
 * beginning does not decide the delimiter, all rows do.
 */
export async function storeRows(from: From, reading: Reading): Promise<Stored> {
  const { orgId, importId, cardKey, open, source } = from
  const table = new Table(open(), { ...reading, cardKey, source })
  const stored = await storeChunks(from, table)
  const { encoding, delimiter } = table.found
  const better =
    table.candidates.length === 0
      ? delimiter
      : await judgeDelimiters(open, table.candidates, source?.form === "text" ? "utf8" : (encoding ?? "utf8"))
  if (better === undefined || better === null || better === delimiter)
    return { ...stored, found: table.found, facts: table.facts }
  await inOrganisation(wholeOrganisation(orgId), (db) => deleteChunks(db, importId))
  return storeRows(from, { ...reading, delimiter: better })
}

async function storeChunks(
  { orgId, importId }: From,
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
