import { z } from "zod"
import { writtenId, writtenText } from "@/lib/base/text/fields"
import { components } from "@/lib/fleet/catalogue/components"
import { optionalDay, optionalId, optionalText, requiredText } from "@/lib/fleet/catalogue/fields"

const day = z.string().nullable()
const component = z.enum(components)

/** A version of a component, for one model or, if model is null, for all. */
export const ReleaseDraft = z.strictObject({
  component,
  version: requiredText(64),
  model: optionalId,
  releasedOn: optionalDay,
  supportEndOn: optionalDay,
  source: optionalText(1000),
  checkedOn: optionalDay,
  note: optionalText(2000),
})
export type ReleaseDraft = z.infer<typeof ReleaseDraft>

const modelName = z.string().nullable()

export const Release = z.object({
  id: z.number(),
  component,
  version: z.string(),
  model: z.number().nullable(),
  modelName,
  releasedOn: day,
  supportEndOn: day,
  source: z.string().nullable(),
  checkedOn: day,
  note: z.string().nullable(),
})
export type Release = z.infer<typeof Release>

/** A release with the number of terminals that run it now. Retired terminals do not count. */
export const RunRelease = Release.extend({ terminals: z.number(), isCheckOverdue: z.boolean() })
export type RunRelease = z.infer<typeof RunRelease>

/** A version that terminals of a model report and the catalogue lacks. */
export const SeenRelease = z.object({
  component,
  version: z.string(),
  model: z.number().nullable(),
  modelName,
  terminals: z.number(),
})
export type SeenRelease = z.infer<typeof SeenRelease>

export const ReleaseList = z.object({ data: z.array(RunRelease), unknown: z.array(SeenRelease) })
export type ReleaseList = z.infer<typeof ReleaseList>

/** How many newer release lines, such as 5.2 and 5.3 of 5.1, may be known. */
const linesBehind = z.int().min(0).max(20)
/** How old a security patch may be. From half of it on, terminals count as soon behind. */
const ageDays = z.int().min(1).max(3650)

/**
 * What is required of a component's version, one of three or several, for one model or, if model is null, for
 * all, and the day from which on it is required.
 */
export const PolicyDraft = z.strictObject({
  component,
  minimumVersion: optionalText(64),
  mostLinesBehind: linesBehind.nullable().default(null),
  maxAgeDays: ageDays.nullable().default(null),
  model: optionalId,
  dueOn: optionalDay,
})
export type PolicyDraft = z.infer<typeof PolicyDraft>

export const Policy = z.object({
  id: z.number(),
  component,
  minimumVersion: z.string().nullable(),
  mostLinesBehind: z.number().nullable(),
  maxAgeDays: z.number().nullable(),
  model: z.number().nullable(),
  modelName,
  dueOn: day,
})
export type Policy = z.infer<typeof Policy>

/** A policy before it is saved. Without a requirement, only the reported versions are answered. */
export const PolicyPreviewQuery = z.strictObject({
  component,
  minimumVersion: writtenText(64).optional(),
  mostLinesBehind: z.coerce.number().pipe(linesBehind).optional(),
  maxAgeDays: z.coerce.number().pipe(ageDays).optional(),
  model: writtenId.optional(),
})
export type PolicyPreviewQuery = z.infer<typeof PolicyPreviewQuery>

/** Active terminals that report a version, how many of them the policy flags once due, and their versions. */
export const PolicyPreview = z.object({
  terminals: z.number(),
  behind: z.number(),
  /** How many more will be too old within half of the greatest age. */
  soon: z.number(),
  /** Whether the minimum can be saved. */
  isVersion: z.boolean(),
  versions: z.array(z.object({ version: z.string(), terminals: z.number(), behind: z.number() })),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>

export const PolicyList = z.object({ data: z.array(Policy) })
export type PolicyList = z.infer<typeof PolicyList>
