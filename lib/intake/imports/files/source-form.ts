import { z } from "zod"
import { encodings } from "@/lib/intake/imports/words"

/**
 * How the masked copy of a file is stored, from which its rows are read. `bytes` are those of the file, in
 * any encoding; `text` is UTF-8 of a file in UTF-16; a `workbook` has its rows as CSV in UTF-8.
 */
export const sourceForms = ["bytes", "text", "workbook"] as const

export const Source = z.object({
  form: z.enum(sourceForms),
  /** The file's own encoding, if it is certain. */
  encoding: z.enum(encodings).nullable(),
})
export type Source = z.infer<typeof Source>
