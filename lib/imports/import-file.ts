import { basename } from "node:path"
import { Readable } from "node:stream"
import type { Actor } from "@/lib/access/actor"
import { ResponseCode } from "@/lib/causes/schemas"
import { uploadCodePack } from "@/lib/causes/upload-code-pack"
import { ensureHistoryPartitions } from "@/lib/db/partitions"
import { AppError } from "@/lib/errors"
import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import { CellError, recordOf, valueOf, type Row } from "@/lib/imports/map-row"
import type { Profile } from "@/lib/imports/profile"
import { fingerprint, readRows } from "@/lib/imports/read-rows"
import { beginRun, finishRun, noteProgress, type Run } from "@/lib/imports/runs"
import { maskPans } from "@/lib/ingest/pan"
import { TerminalEntry } from "@/lib/terminals/schemas"
import { upsertTerminals } from "@/lib/terminals/upsert-terminals"
import { recordTransactions } from "@/lib/transactions/record-transactions"

/** A row that was not taken in. `line` counts from 1, after the header. */
export type RejectedRow = { line: number; field: string | null; code: string; message: string; row: string }

type Counts = Pick<Run, "rowsDone" | "accepted" | "duplicates" | "rejected">

type Options = {
  actor: Actor
  file: string
  profile: Profile
  codeSystem?: string | undefined
  onProgress?: (counts: Counts) => void
  onRejected: (rows: RejectedRow[]) => void
}

const sliceSize = 2_000

/**
 * Takes a file in through a profile and the verbs of the API, slice by slice. A run that was stopped goes on
 * after its last slice; a file taken in before is read again and adds nothing.
 */
export async function importFile({ actor, file, profile, codeSystem, onProgress, onRejected }: Options): Promise<Counts> {
  const { hash } = await fingerprint(file)
  if (profile.codes) await uploadCodePack({ actor, codeSystem: profile.codeSystem ?? profile.name, codes: profile.codes })
  if (profile.kind === "codes") return importCodes({ actor, file, profile, codeSystem })

  const run = await beginRun(actor.orgId, { profile: profile.name, fileName: basename(file), fileHash: hash })
  const counts: Counts = { rowsDone: run.rowsDone, accepted: run.accepted, duplicates: run.duplicates, rejected: run.rejected }
  const store = profile.kind === "terminals" ? storeTerminals : storeRecords
  let slice: { line: number; row: Row }[] = []
  const flush = async () => {
    if (slice.length === 0) return
    const done = await store(actor, profile, slice)
    counts.rowsDone += slice.length
    counts.accepted += done.accepted
    counts.duplicates += done.duplicates
    counts.rejected += done.rejected.length
    if (done.rejected.length > 0) onRejected(done.rejected)
    await noteProgress(actor.orgId, run.id, counts)
    onProgress?.(counts)
    slice = []
  }
  let line = 0
  for await (const row of readRows(file, profile)) {
    line += 1
    if (line <= run.rowsDone) continue
    slice.push({ line, row })
    if (slice.length === sliceSize) await flush()
  }
  await flush()
  await finishRun(actor.orgId, run.id)
  return counts
}

type Slice = { line: number; row: Row }[]
type Done = { accepted: number; duplicates: number; rejected: RejectedRow[] }

const rejectedRow = ({ line, row }: Slice[number], code: string, field: string | null, message: string): RejectedRow => ({
  line, field, code, message, row: maskPans(JSON.stringify(row)),
})

/** Maps the rows of a slice; those that cannot be mapped are rejected with the cell at fault. */
function mapped<Value>(slice: Slice, map: (row: Row, rowNumber: number) => Value): { values: { entry: Slice[number]; value: Value }[]; rejected: RejectedRow[] } {
  const values: { entry: Slice[number]; value: Value }[] = []
  const rejected: RejectedRow[] = []
  for (const entry of slice) {
    try {
      values.push({ entry, value: map(entry.row, entry.line - 1) })
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      rejected.push(rejectedRow(entry, "invalid", error.field, error.message))
    }
  }
  return { values, rejected }
}

async function storeRecords(actor: Actor, profile: Profile, slice: Slice): Promise<Done> {
  const { values, rejected } = mapped(slice, (row, rowNumber) => recordOf(profile, row, rowNumber))
  if (values.length === 0) return { accepted: 0, duplicates: 0, rejected }
  await makePlaces(actor, profile, values.map(({ entry }) => entry))
  const years = [...new Set(values.map(({ value }) => new Date(String(value["at"])).getUTCFullYear()))].filter((year) => !Number.isNaN(year))
  await ensureHistoryPartitions(years)

  const record = profile.kind === "heartbeats" ? recordHeartbeats : recordTransactions
  const body = Readable.from([Buffer.from(values.map(({ value }) => JSON.stringify(value)).join("\n"))])
  const { accepted, duplicates, errors } = await record({ actor, upload: { body, contentType: "application/x-ndjson", contentEncoding: null, isImport: true } })
  for (const { index, code, field, message } of errors) {
    const entry = values[index]?.entry
    if (entry) rejected.push(rejectedRow(entry, code, field, message))
  }
  return { accepted, duplicates, rejected }
}

async function makePlaces(actor: Actor, { place, timeZone }: Profile, slice: Slice): Promise<void> {
  if (!place) return
  const entries = new Map<string, TerminalEntry>()
  for (const { line, row } of slice) {
    const text = (field: string, source: (typeof place)["serial"]) => {
      const value = valueOf(field, source, row, line - 1)
      return value === undefined ? undefined : String(value)
    }
    const entry = TerminalEntry.parse({
      serial: text("serial", place.serial),
      store: text("store", place.storeCode),
      storeName: text("storeName", place.storeName),
      merchant: place.merchant && text("merchant", place.merchant),
      timeZone,
    })
    entries.set(entry.serial, entry)
  }
  await upsertTerminals({ actor, entries: [...entries.values()] })
}

async function storeTerminals(actor: Actor, profile: Profile, slice: Slice): Promise<Done> {
  const { values, rejected } = mapped(slice, (row, rowNumber) => recordOf(profile, row, rowNumber))
  const entries: TerminalEntry[] = []
  for (const { entry, value } of values) {
    const parsed = TerminalEntry.safeParse(value)
    const [issue] = parsed.error?.issues ?? []
    if (parsed.success) entries.push(parsed.data)
    else rejected.push(rejectedRow(entry, "invalid", issue?.path.join(".") ?? null, issue?.message ?? "does not fit"))
  }
  if (entries.length > 0) await upsertTerminals({ actor, entries })
  return { accepted: entries.length, duplicates: 0, rejected }
}

async function importCodes({ actor, file, profile, codeSystem }: Pick<Options, "actor" | "file" | "profile" | "codeSystem">): Promise<Counts> {
  const system = codeSystem ?? profile.codeSystem
  if (system === undefined) throw new AppError("invalid", "Say which code system the table is for: --code-system NAME")
  const codes: ResponseCode[] = []
  let line = 0
  for await (const row of readRows(file, profile)) {
    line += 1
    const parsed = ResponseCode.safeParse(recordOf({ ...profile, codeSystem: undefined }, row, line - 1))
    if (!parsed.success) throw new AppError("invalid", `Line ${line}: ${parsed.error.issues[0]?.message ?? "does not fit"}. A table is taken whole or not at all.`)
    codes.push(parsed.data)
  }
  if (codes.length === 0) throw new AppError("invalid", "The file holds no code.")
  await uploadCodePack({ actor, codeSystem: system, codes })
  return { rowsDone: codes.length, accepted: codes.length, duplicates: 0, rejected: 0 }
}
