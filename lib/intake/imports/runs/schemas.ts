import { z } from "zod"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { writtenCursor } from "@/lib/base/text/fields"
import { refusalCodes, rowOutcomes } from "@/lib/fleet/terminals/words"
import { sourceForms } from "@/lib/intake/imports/files/source-form"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import {
  cellProblems,
  delimiters,
  encodings,
  fileFormats,
  importStates,
  moneyUnits,
} from "@/lib/intake/imports/words"

export const ImportId = z.strictObject({ id: z.uuid() })

/** The file itself is the body. Absent values are detected. */
export const UploadQuery = z.strictObject({
  fileName: z.string().min(1).max(255),
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  /** The line with the column names, or 0 if there is none. */
  headerRow: z.coerce.number().int().min(0).max(50).optional(),
  /** What the file contains; if absent, detected from the columns. */
  kind: z.enum(recordFileKinds).optional(),
})
export type UploadQuery = z.infer<typeof UploadQuery>

/** How an uploaded file is read again. Absent values are detected. */
export const ReadAgain = UploadQuery.pick({ encoding: true, delimiter: true }).extend({
  headerRow: z.int().min(0).max(50).optional(),
})
export type ReadAgain = z.infer<typeof ReadAgain>

export const Detected = z.object({
  format: z.enum(fileFormats),
  encoding: z.enum(encodings).nullable(),
  delimiter: z.string().nullable(),
  headers: z.array(z.string()),
  /** The line with the column names. If there is none, it is null and columns have numbers. */
  headerRow: z.number().nullable().optional(),
})
export type Detected = z.infer<typeof Detected>

/** A field that did not fit into some records and was left out of them. `example` is one of its values. */
export const LeftOutField = z.object({
  field: z.string(),
  reason: z.string(),
  rows: z.number(),
  example: z.string(),
})
export type LeftOutField = z.infer<typeof LeftOutField>

export const ImportRun = z.object({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(importStates),
  kind: z.string().nullable(),
  profile: z.string().nullable(),
  totalRows: z.number(),
  rowsDone: z.number(),
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  /** What was left out of heartbeats, which are stored without it. */
  leftOut: z.array(LeftOutField),
  /** Whether it is a dry run, which writes nothing, and when the last dry run finished. */
  isDry: z.boolean(),
  checkedAt: z.string().nullable(),
  /** Why it failed, or why it waits for another attempt. */
  error: z.string().nullable(),
  uploadedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})
export type ImportRun = z.infer<typeof ImportRun>

export const ImportQuery = z.strictObject({
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type ImportQuery = z.infer<typeof ImportQuery>

export const ImportPage = z.object({ data: z.array(ImportRun), ...pageLinks, ...pageTotal })
export type ImportPage = z.infer<typeof ImportPage>

export const ImportDetail = ImportRun.extend({
  detected: Detected.nullable(),
  /** The profile that is used, or would be used without changes. */
  mapping: Profile.nullable(),
  /** Whether its rows are still stored. */
  hasRows: z.boolean(),
  /**
   * The form of the masked copy of the file, which can be read again until the import starts. Of a workbook
   * only the header row can be changed, of `text` the separator too, of `bytes` the encoding as well.
   */
  source: z.enum(sourceForms).nullable(),
})
export type ImportDetail = z.infer<typeof ImportDetail>

export const MappingRequest = z.strictObject({ profile: RecordProfile })
export type MappingRequest = z.infer<typeof MappingRequest>

/** Why a row cannot be imported. `other` is what conflicts with it: a line, a serial number. */
export const RowError = z.object({
  code: z.enum(refusalCodes),
  field: z.string(),
  message: z.string(),
  value: z.string().nullable(),
  other: z.string().nullable(),
})
export type RowError = z.infer<typeof RowError>

export const Preview = z.object({
  /** With the target of every column of this file. */
  profile: RecordProfile,
  /** The required targets that no column has. They must be set before the import can start. */
  missing: z.array(z.enum(["terminal", "at", "outcome", "serial"])),
  /** Columns that the profile reads and this file does not have. They are left out. */
  absent: z.array(z.string()),
  /** Whether the order of day and month is unclear in all dates of the file, such as 05/11/2026. */
  needsDateOrder: z.boolean(),
  /** Whether times have no year. */
  needsYear: z.boolean(),
  /** Whether the point in amounts such as 1.250 can be a decimal mark or a thousands separator. */
  needsDecimalMark: z.boolean(),
  /**
   * Unknown words of the whole file. `words` of the profile gives them a meaning. Rows with an unknown status
   * are rejected; an unknown type is read as a sale.
   */
  unknownWords: z.array(z.object({ text: z.string(), rows: z.number(), of: z.enum(["status", "type"]) })),
  /**
   * The likely unit of amounts that are all whole numbers of a currency with decimals, if nothing says their
   * unit. The import can start when `moneyUnit` of the profile says it.
   */
  likelyMoneyUnit: z.enum(moneyUnits).nullable(),
  /** Codes of the whole file that no code table has. The cause of their sales is unknown. */
  unmappedCodes: z.array(z.object({ text: z.string(), rows: z.number() })),
  /**
   * Codes whose meaning is unknown, while only they show the outcome of sales. The import can start when
   * `codeMeanings` of the profile gives each of them a meaning.
   */
  openCodes: z.array(z.object({ code: z.string(), rows: z.number() })),
  /** What is left out of the heartbeats below, because it does not fit. */
  leftOut: z.array(LeftOutField),
  rows: z.array(
    z.object({
      line: z.number(),
      cells: z.array(z.string()),
      record: z.record(z.string(), z.unknown()).nullable(),
      error: z
        .object({
          code: z.string(),
          field: z.string().nullable(),
          message: z.string(),
          problem: z.enum(cellProblems).nullable(),
          /** The text of the cell that cannot be read. */
          text: z.string().nullable(),
          refusal: RowError.nullable(),
        })
        .nullable(),
    }),
  ),
})
export type Preview = z.infer<typeof Preview>

const Outcome = z.enum(rowOutcomes)

/** The result of a row in a file of terminals, or of its dry run. */
export const RowResult = z.object({
  line: z.number(),
  serial: z.string().nullable(),
  outcome: Outcome,
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  refusal: RowError.nullable(),
})
export type RowResult = z.infer<typeof RowResult>

export const ResultQuery = z.strictObject({
  outcome: Outcome.optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ResultQuery = z.infer<typeof ResultQuery>

export const ResultPage = z.object({
  data: z.array(RowResult),
  ...pageLinks,
  counts: z.record(Outcome, z.number()),
})
export type ResultPage = z.infer<typeof ResultPage>

/** A rejected row. `line` is the one that a spreadsheet shows, counting the header. */
export type RejectedRow = { line: number; field: string | null; code: string; message: string; row: string }
