import { Readable } from "node:stream"
import type { CodeBook } from "@/lib/intake/codes/code-book"
import type { KeptRow } from "@/lib/intake/imports/files/file-row"
import { Table } from "@/lib/intake/imports/files/read-table"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import { Profile } from "@/lib/intake/imports/mapping/profile"

/** Has the codes that these tests use. */
const book: CodeBook = ({ code }) =>
  code === "00" ? "approved" : ["05", "12", "51", "91"].includes(code) ? "refused" : null

const cardKey = { id: 1, key: Buffer.alloc(32, 7) }

/** Reads a file in small parts. */
export async function read(
  body: string | Buffer,
  options: { encoding?: "utf8" | "gb18030" } = {},
  partBytes = 7,
) {
  const bytes = Buffer.from(body)
  const parts = Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, i) =>
    bytes.subarray(i * partBytes, (i + 1) * partBytes),
  )
  const table = new Table(Readable.from(parts), { cardKey, ...options })
  const rows: KeptRow[] = []
  for await (const row of table.rows()) rows.push(row)
  return { ...table.found, rows }
}

/** A profile whose columns are recognised. */
export const auto = Profile.parse({
  name: "auto",
  kind: "transactions",
  timeZone: "Asia/Shanghai",
  columns: {},
})

/** The records of a file. */
export async function records(body: string | Buffer, profile: Profile = auto) {
  const { headers, rows } = await read(body)
  const whole = rows.map(({ line, cells, cardRef, hash }, number) => ({
    line,
    number,
    cardRef,
    hash,
    cells: Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ""])),
  }))
  const complete = completeProfile(profile, { headers, rows: whole.map(({ cells }) => cells) })
  return whole.map((row) => recordOf(complete, row, book))
}
