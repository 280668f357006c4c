import { z } from "zod"
import { roles } from "@/lib/access/actor/actor"
import { NamedReach } from "@/lib/access/actor/schemas"
import { writtenText } from "@/lib/base/text/fields"

const longestPasswordText = 1000

export const Account = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  reach: NamedReach,
  /** False for a user who signs in only through an identity provider. */
  hasPassword: z.boolean(),
  isTotpOn: z.boolean(),
  recoveryCodesLeft: z.number(),
})
export type Account = z.infer<typeof Account>

export const AccountChange = z.strictObject({ name: writtenText(100).min(1) })

export const PasswordChange = z.strictObject({
  current: z.string().max(longestPasswordText),
  next: z.string().max(longestPasswordText),
})

export const OwnSession = z.object({
  id: z.string(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  /** The shortened user agent, if it is not a known browser. */
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  /** The session of this request. */
  isThis: z.boolean(),
})
export type OwnSession = z.infer<typeof OwnSession>
export const OwnSessions = z.object({ data: z.array(OwnSession) })
export const SessionId = z.object({ id: z.uuid() })
export const SessionsEnded = z.object({ ended: z.number() })

/** Changing two-step verification needs the password as well as the session. */
export const PasswordGiven = z.strictObject({ password: z.string().max(longestPasswordText) })
export const CodeGiven = z.strictObject({ code: z.string().max(40) })

/**
 * A secret for an authenticator app, as text and as a QR code. `size` is the code's width in modules,
 * `path` an SVG path.
 */
export const TotpSetUp = z.object({
  text: z.string(),
  uri: z.string(),
  qr: z.object({ size: z.number(), path: z.string() }),
})
export type TotpSetUp = z.infer<typeof TotpSetUp>

/** Recovery codes are shown once. Only their hashes are stored. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
