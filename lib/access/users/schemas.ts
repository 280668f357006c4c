import { z } from "zod"
import { MadeLink } from "@/lib/access/account-links/schemas"
import { roles } from "@/lib/access/actor/actor"
import { NamedReach, Reach } from "@/lib/access/actor/schemas"
import { userStates } from "@/lib/access/users/words"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { searched, writtenCursor, writtenText } from "@/lib/base/text/fields"

export const UserId = z.strictObject({ id: z.uuid() })

export const UserQuery = z.strictObject({
  q: searched(100).optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type UserQuery = z.infer<typeof UserQuery>

export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  reach: NamedReach,
  state: z.enum(userStates),
  lastSignInAt: z.string().nullable(),
  hasSecondFactor: z.boolean(),
  /** False before the invitation is accepted, and for a user of the identity provider. */
  hasPassword: z.boolean(),
  /** When the newest invitation expires. Null if there is none. */
  invitedUntil: z.string().nullable(),
  /** Whether it is the actor. */
  isSelf: z.boolean(),
})
export type User = z.infer<typeof User>

export const UserPage = z.object({ data: z.array(User), ...pageLinks, ...pageTotal })
export type UserPage = z.infer<typeof UserPage>

const Name = writtenText(100)

export const Invitation = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  name: Name,
  role: z.enum(roles),
  reach: Reach,
})
export type Invitation = z.infer<typeof Invitation>

export const UserChange = z.strictObject({
  name: Name.exactOptional(),
  role: z.enum(roles).exactOptional(),
  reach: Reach.exactOptional(),
  isDisabled: z.boolean().exactOptional(),
})
export type UserChange = z.infer<typeof UserChange>

export const UserWithLink = z.object({ user: User, link: MadeLink })
export type UserWithLink = z.infer<typeof UserWithLink>

export const EndedSessions = z.object({ ended: z.number() })
export type EndedSessions = z.infer<typeof EndedSessions>
