import { randomBytes } from "node:crypto"
import { Secret, TOTP } from "otpauth"

/** What authenticator apps take without being told: SHA-1, six digits, thirty seconds. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const
/** Steps that a phone's clock may be off. */
const tolerance = 1
const secretBytes = 20

export const newTotpSecret = (): Buffer => randomBytes(secretBytes)

const totpOf = (secret: Buffer, label = "") =>
  new TOTP({
    ...settings,
    issuer: "Tillwatch",
    label,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  })

/** The step whose code it is, within one of now; null where it is none. */
export function stepOfCode(secret: Buffer, code: string, now: number): number | null {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: now, window: tolerance })
  return delta === null ? null : totp.counter({ timestamp: now }) + delta
}

/** What an app is told, as the address in a QR code and as text to type. */
export const totpSetUp = (secret: Buffer, email: string): { uri: string; text: string } => {
  const totp = totpOf(secret, email)
  return { uri: totp.toString(), text: totp.secret.base32 }
}
