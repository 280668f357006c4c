import { randomBytes } from "node:crypto"
import { createReadStream } from "node:fs"
import { basename } from "node:path"
import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"
import { Table } from "@/lib/intake/imports/files/read-table"
import { absentColumns, completeProfile, unusedColumns } from "@/lib/intake/imports/mapping/complete-profile"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { getImport } from "@/lib/intake/imports/runs/get-import"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { LeftOutField, RejectedRow } from "@/lib/intake/imports/runs/schemas"
import { deleteRun, stoppedRun, type Counts } from "@/lib/intake/imports/runs/sql"
import { queueImport } from "@/lib/intake/imports/runs/start-import"
import { uploadImport } from "@/lib/intake/imports/runs/upload-import"

type Options = {
  actor: Actor
  file: string
  profile: Profile
  codeSystem?: string | undefined
  /** Includes the columns that the profile reads and the file does not have. */
  onUploaded?: (totalRows: number, absent: string[]) => void
  /** Includes the columns of the file that are not used. */
  onQueued?: (unused: string[]) => void
  onProgress?: (counts: Counts) => void
  onRejected?: (rows: RejectedRow[]) => void
}

/** `id` finds the run and its rejected rows. A code table has no run. */
export type Imported = Counts & { id: string | null; leftOut: readonly LeftOutField[] }

/**
 * Imports a file as the page does (upload, start, run), without waiting for a worker. A run of the same file
 * and profile that was stopped is resumed after its last slice. A file that was imported before is read again
 * and adds nothing.
 */
export async function importFile({
  actor,
  file,
  profile,
  codeSystem,
  onUploaded,
  onQueued,
  onProgress,
  onRejected,
}: Options): Promise<Imported> {
  if (profile.kind === "codes") return importCodes({ actor, file, profile, codeSystem })
  const { orgId } = actor
  const { encoding, delimiter, headerRow } = profile
  const upload = await uploadImport({
    actor,
    fileName: basename(file),
    open: () => createReadStream(file),
    encoding,
    delimiter,
    headerRow,
    wanted: columnsOf(profile),
    hashed: hashedColumns(profile),
  })
  onUploaded?.(upload.totalRows, absentColumns(profile, upload.headers))
  const importId = await inOrganisation(wholeOrganisation(orgId), async (db) => {
    const [stopped] = await stoppedRun(db, {
      profile: profile.name,
      fileHash: upload.fileHash,
      except: upload.id,
    })
    if (stopped) await deleteRun(db, upload.id)
    return stopped?.id ?? upload.id
  })
  const mapping = await queueImport({
    actor,
    importId,
    profile: codeSystem === undefined ? profile : { ...profile, codeSystem },
  })
  onQueued?.(unusedColumns(mapping, upload.headers))
  const counts = await runImport({ orgId, importId, actor, isLastAttempt: true, onProgress, onRejected })
  if (!counts)
    throw new AppError(
      "conflict",
      "The import was cancelled, or a worker is at it: look at it on the page of files.",
    )
  const { leftOut } = await getImport({ actor, importId })
  return { id: importId, ...counts, leftOut }
}

const listed = (column: string | string[] | undefined): string[] =>
  column === undefined ? [] : [column].flat()

function columnsOf({ at, fields, place, columns }: Profile): string[] {
  const sources = [
    ...Object.values(fields),
    ...(place ? [place.serial, place.storeCode, place.storeName] : []),
  ]
  return [
    ...Object.values(at ?? {}).filter((column) => column !== undefined),
    ...sources.flatMap(({ column }) => listed(column)),
    ...Object.keys(columns ?? {}),
  ]
}

const hashedColumns = ({ fields, place }: Profile): string[] =>
  [...Object.values(fields), ...(place ? [place.serial, place.storeCode] : [])]
    .filter(({ hash }) => hash)
    .flatMap(({ column }) => listed(column))

async function importCodes({
  actor,
  file,
  profile,
  codeSystem,
}: Pick<Options, "actor" | "file" | "profile" | "codeSystem">): Promise<Imported> {
  const system = codeSystem ?? profile.codeSystem
  if (system === undefined)
    throw new AppError("invalid", "Name the code system of the table: --code-system NAME")
  const codes: ResponseCode[] = []
  // A code table has no cards: a value that looks like a card number is refused, and no reference is stored.
  const table = new Table(createReadStream(file), {
    ...profile,
    wanted: columnsOf(profile),
    cardKey: { id: 0, key: randomBytes(32) },
  })
  let whole: Profile | undefined
  for await (const { line, cells, hash, cellCount } of table.rows()) {
    const columns = table.found.headers.length
    if (cellCount !== undefined)
      throw new AppError("invalid", `Line ${line} has ${cellCount} cells under ${columns} columns.`)
    const number = codes.length
    whole ??= completeProfile(
      { ...profile, codeSystem: undefined },
      { headers: table.found.headers, rows: [] },
    )
    const named = Object.fromEntries(table.found.headers.map((header, i) => [header, cells[i] ?? ""]))
    const parsed = ResponseCode.safeParse(
      recordOf(whole, { cells: named, number, line, hash, cardRef: null }),
    )
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? "does not fit"
      throw new AppError("invalid", `Line ${line}: ${reason}. Nothing of the table was imported.`)
    }
    codes.push(parsed.data)
  }
  if (codes.length === 0) throw new AppError("invalid", "The file has no codes.")
  await uploadCodePack({ actor, codeSystem: system, codes })
  const rows = codes.length
  return { id: null, rowsDone: rows, accepted: rows, duplicates: 0, rejected: 0, leftOut: [] }
}
