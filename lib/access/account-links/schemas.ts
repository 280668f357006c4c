import { z } from "zod"
import { purposes } from "@/lib/access/account-links/words"

/** 32 bytes as base64url. */
export const LinkToken = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) })

/** What a visitor with a valid token may know about the link. */
export const AccountLink = z.object({
  purpose: z.enum(purposes),
  email: z.string(),
  organisation: z.string(),
})
export type AccountLink = z.infer<typeof AccountLink>

export const NewPassword = z.strictObject({ password: z.string().max(1000) })

export const PasswordSet = z.object({ email: z.string() })
export type PasswordSet = z.infer<typeof PasswordSet>

export const ResetRequest = z.strictObject({ email: z.email().max(254) })

/** Whether this installation sends email. The answer is the same for every address. */
export const ResetRequested = z.object({ isMailed: z.boolean() })
export type ResetRequested = z.infer<typeof ResetRequested>

/** A new link, for the admin. It is never shown again. */
export const MadeLink = z.object({ url: z.string(), expiresAt: z.string(), isMailed: z.boolean() })
export type MadeLink = z.infer<typeof MadeLink>
