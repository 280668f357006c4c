import { z } from "zod"
import { NamedReach, SomeReach } from "@/lib/access/actor/schemas"
import { mappedRoles } from "@/lib/access/sign-on/words"
import { writtenId, writtenText } from "@/lib/base/text/fields"

export const MappingId = z.strictObject({ id: writtenId })

/** What a group gives. A null reach is the whole organisation. */
export const MappingRequest = z.strictObject({
  group: writtenText(256).min(1),
  role: z.enum(mappedRoles, {
    error: `expected one of ${mappedRoles.join(", ")}; groups cannot make admins`,
  }),
  reach: SomeReach,
})
export type MappingRequest = z.infer<typeof MappingRequest>

export const GroupMapping = z.object({
  id: z.number(),
  group: z.string(),
  role: z.enum(mappedRoles),
  reach: NamedReach,
})
export type GroupMapping = z.infer<typeof GroupMapping>

export const GroupMappings = z.object({ data: z.array(GroupMapping) })
export type GroupMappings = z.infer<typeof GroupMappings>
