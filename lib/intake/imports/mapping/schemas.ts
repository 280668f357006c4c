import { z } from "zod"
import { holdsPan } from "@/lib/base/text/pan"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"

/**
 * The profiles of files from the Imports page. Code tables and stores are for commands, which only admins can
 * run.
 */
export const RecordProfile = Profile.omit({ codes: true, place: true })
  .extend({ kind: z.enum(recordFileKinds) })
  .refine((profile) => !holdsPan(JSON.stringify(profile)), {
    error: "holds what looks like a full card number",
  })
export type RecordProfile = z.infer<typeof RecordProfile>

export const ImportProfile = z.object({ name: z.string(), isShipped: z.boolean(), profile: RecordProfile })
export type ImportProfile = z.infer<typeof ImportProfile>

export const ImportProfiles = z.object({ data: z.array(ImportProfile) })
export type ImportProfiles = z.infer<typeof ImportProfiles>
