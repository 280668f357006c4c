import { z } from "zod"
import { scopes } from "@/lib/access/actor/actor"
import { NamedReach, SomeReach } from "@/lib/access/actor/schemas"
import { calendarInstant, writtenText } from "@/lib/base/text/fields"

const label = writtenText(100).min(1)
export const KeyId = z.strictObject({ id: z.uuid() })

export const NewKey = z.strictObject({
  label,
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  /** Null means the whole organisation. */
  reach: SomeReach.default(null),
  /** Null means that the key works until it is revoked. */
  expiresAt: calendarInstant.nullable().default(null),
})
export type NewKey = z.infer<typeof NewKey>

export const KeyChange = z.strictObject({
  label: label.optional(),
  expiresAt: calendarInstant.nullable().optional(),
})
export type KeyChange = z.infer<typeof KeyChange>

/** When the old key stops working. */
export const Rotation = z.strictObject({ worksUntil: calendarInstant })
export type Rotation = z.infer<typeof Rotation>

export const ApiKey = z.object({
  id: z.string(),
  label: z.string(),
  /** The key's first characters. */
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  reach: NamedReach,
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** The first characters of the key that replaces this one. */
  successorPrefix: z.string().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeys = z.object({ data: z.array(ApiKey) })
export type ApiKeys = z.infer<typeof ApiKeys>

/** A new key. No other answer contains the whole key. */
export const MadeKey = z.object({ key: z.string(), apiKey: ApiKey })
export type MadeKey = z.infer<typeof MadeKey>
