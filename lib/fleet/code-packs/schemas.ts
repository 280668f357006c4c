import { z } from "zod"
import { identifier, shortText, text } from "@/lib/base/text/fields"
import { maskPans } from "@/lib/base/text/pan"
import { causes, remedies } from "@/lib/fleet/code-packs/cause"
import { channelOfSubcause, isSubcause } from "@/lib/fleet/code-packs/subcauses"

/** Names the refused value and the known words. */
const noneOf =
  (field: string, words: readonly string[]) =>
  ({ input }: { input?: unknown }): string =>
    `${field}: "${maskPans(String(input ?? "").slice(0, 64))}" is unknown. Known values: ${words.join(", ")}`

const remedyList = z
  .string()
  .max(200)
  .refine((words) => words.split(" ").every((word) => (remedies as readonly string[]).includes(word)), {
    error: noneOf("remedy", remedies),
  })

/** One code of a code table, as packs and uploads write it. */
export const ResponseCode = z
  .strictObject({
    code: z.string().trim().pipe(identifier),
    cause: z.enum([...causes, "none"], { error: noneOf("cause", [...causes, "none"]) }),
    subcause: z
      .string()
      .refine(isSubcause, { error: noneOf("subcause", Object.keys(channelOfSubcause)) })
      .optional(),
    remedy: remedyList.optional(),
    retry: shortText.optional(),
    device_attributable: z.enum(["true", "weak", "false"]).optional(),
    confidence: z.enum(["high", "medium", "low"]).optional(),
    meaning_en: text(500).optional(),
    meaning_zh: text(500).optional(),
    /** For the table's maintainers. Not stored. */
    note: text(500).optional(),
  })
  .transform((row) => ({
    code: row.code,
    cause: row.cause,
    subcause: row.subcause ?? (row.cause === "none" ? "informational" : "unspecified"),
    remedy: row.remedy || "none",
    retry: row.retry || "unknown",
    device_attributable: row.device_attributable ?? (row.cause === "device" ? "weak" : "false"),
    confidence: row.confidence ?? "medium",
    meaning_en: row.meaning_en || row.code,
    meaning_zh: row.meaning_zh || "",
  }))
export type ResponseCode = z.infer<typeof ResponseCode>

/** A code as it counts now. `isOwn` tells the organisation's entries from those of a shipped table. */
export const CurrentCode = z.object({
  code: z.string(),
  cause: z.enum([...causes, "none"]),
  subcause: z.string(),
  remedy: z.string(),
  retry: z.string(),
  device_attributable: z.enum(["true", "weak", "false"]),
  confidence: z.enum(["high", "medium", "low"]),
  meaning_en: z.string(),
  meaning_zh: z.string(),
  isOwn: z.boolean(),
})
export type CurrentCode = z.infer<typeof CurrentCode>

const CodeMeaning = CurrentCode.omit({ code: true, isOwn: true })
export type CodeMeaning = z.infer<typeof CodeMeaning>

/** What a version of the organisation's table changed. Null where no table had the code. */
const CodeChange = z.object({
  version: z.number(),
  at: z.string(),
  /** Who made the version. Null if it is not known. */
  by: z.string().nullable(),
  from: CodeMeaning.nullable(),
  to: CodeMeaning.nullable(),
})
export type CodeChange = z.infer<typeof CodeChange>

/** What most of the other code tables say that have the code. */
const CodeSuggestion = CodeMeaning.extend({ agreeing: z.number(), tables: z.number() })
export type CodeSuggestion = z.infer<typeof CodeSuggestion>

/** One code. A suggestion and an example are given of codes that no table has. */
export const CodeDetail = z.object({
  codeSystem: z.string(),
  code: z.string(),
  now: CodeMeaning.nullable(),
  isOwn: z.boolean(),
  /** Whether a shipped table has it, so that it has a meaning without an own entry. */
  hasShipped: z.boolean(),
  history: z.array(CodeChange),
  suggestion: CodeSuggestion.nullable(),
  /** The newest failed sale with the code. */
  example: z
    .object({
      terminalId: z.number(),
      serial: z.string(),
      at: z.string(),
      entryMode: z.string().nullable(),
    })
    .nullable(),
})
export type CodeDetail = z.infer<typeof CodeDetail>

export const CodeQuery = z.strictObject({ code: z.string().trim().pipe(identifier) })

export const CodeTableDetail = z.object({ codeSystem: z.string(), codes: z.array(CurrentCode) })
export type CodeTableDetail = z.infer<typeof CodeTableDetail>

/** What an upload would change. `rows` has what is added, changed or dropped; `was` is the cause now. */
export const CodeTablePreview = z.object({
  codeSystem: z.string(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  dropped: z.number(),
  rows: z.array(
    z.object({
      code: z.string(),
      cause: z.enum([...causes, "none"]),
      subcause: z.string(),
      was: z.enum([...causes, "none"]).nullable(),
      change: z.enum(["added", "changed", "same", "dropped"]),
    }),
  ),
})
export type CodeTablePreview = z.infer<typeof CodeTablePreview>

/** Single codes that get a meaning. */
export const MappedCodes = z.strictObject({ codes: z.array(ResponseCode).min(1).max(200) })

export type CodeTable = { codes: ResponseCode[] }

/** Organisations and terminals choose these names, so the only rule is that the name fits into a path. */
export const CodeSystem = z.strictObject({ codeSystem: z.string().trim().pipe(identifier) })

/** A table's new version. `rebooked` counts the sales whose meaning changed. */
export const UploadedPack = z.object({
  codeSystem: z.string(),
  version: z.number(),
  codes: z.number(),
  rebooked: z.number(),
})
export type UploadedPack = z.infer<typeof UploadedPack>

const PackVersion = z.object({ version: z.number(), codes: z.number(), createdAt: z.string() })

/** All code tables, newest version first, and the unmapped codes, most frequent first. */
export const CodePackList = z.object({
  data: z.array(
    z.object({ codeSystem: z.string(), own: z.array(PackVersion), shipped: z.array(PackVersion) }),
  ),
  unmapped: z.array(
    z.object({
      /** Null if the code system is unknown too. */
      codeSystem: z.string().nullable(),
      code: z.string(),
      seenCount: z.number(),
      firstSeenAt: z.string(),
      lastSeenAt: z.string(),
    }),
  ),
})
export type CodePackList = z.infer<typeof CodePackList>
/** A code that came in and that no table has. */
export type Waiting = CodePackList["unmapped"][number]
