import { z } from "zod"
import { purposes } from "@/lib/access/account-links/words"

/** 32 bytes as base64url. */
export const LinkToken = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) })

/** Whose link it is, for whoever holds it. */
export const AccountLink = z.object({
  purpose: z.enum(purposes),
  email: z.string(),
  organisation: z.string(),
})
export type AccountLink = z.infer<typeof AccountLink>

export const NewPassword = z.strictObject({ password: z.string().max(1000) })

export const PasswordSet = z.object({ email: z.string() })
export type PasswordSet = z.infer<typeof PasswordSet>

export const Forgot = z.strictObject({ email: z.email().max(254) })

/** Whether this installation sends mail. The answer is the same whoever is asked for. */
export const Forgotten = z.object({ isMailed: z.boolean() })
export type Forgotten = z.infer<typeof Forgotten>

/** A link as the admin gets it: the only time it is seen whole. */
export const MadeLink = z.object({ url: z.string(), expiresAt: z.string(), isMailed: z.boolean() })
export type MadeLink = z.infer<typeof MadeLink>
