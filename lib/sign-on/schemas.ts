import { z } from "zod"
import { mappedRoles } from "@/lib/sign-on/words"

const ids = z.array(z.number().int().positive()).max(1000)

/** Merchants, regions and stores by id. */
export const Places = z.strictObject({ merchants: ids, regions: ids, stores: ids })
export type Places = z.infer<typeof Places>

export const MappingId = z.strictObject({ id: z.coerce.number().int().positive() })

/** What a group of the provider means here; a null reach is the whole organisation. */
export const MappingRequest = z.strictObject({
  group: z.string().trim().min(1).max(256),
  role: z.enum(mappedRoles, { error: `a group gives one of ${mappedRoles.join(", ")}; admins are made in Tillwatch` }),
  reach: Places.refine((places) => Object.values(places).some((chosen) => chosen.length > 0), { error: "name a merchant, region or store, or null for all" }).nullable(),
})
export type MappingRequest = z.infer<typeof MappingRequest>

export const GroupMapping = z.object({ id: z.number(), group: z.string(), role: z.enum(mappedRoles), reach: Places.nullable() })
export type GroupMapping = z.infer<typeof GroupMapping>

const named = z.array(z.object({ id: z.number(), name: z.string() }))

/** The mappings, and the places that one may be limited to. */
export const GroupMappings = z.object({ data: z.array(GroupMapping), places: z.object({ merchants: named, regions: named, stores: named }) })
export type GroupMappings = z.infer<typeof GroupMappings>
