import { randomBytes } from "node:crypto"
import { Secret, TOTP } from "otpauth"

/** The defaults of authenticator apps: SHA-1, six digits, 30 seconds. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const
/** How many time steps a phone's clock may be off. */
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

/** The time step of a code, within one of now. Null if the code is wrong. */
export function stepOfCode(secret: Buffer, code: string, now: number): number | null {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: now, window: tolerance })
  return delta === null ? null : totp.counter({ timestamp: now }) + delta
}

/** The secret for an authenticator app: an address for the QR code, and text to type. */
export const totpSetUp = (secret: Buffer, email: string): { uri: string; text: string } => {
  const totp = totpOf(secret, email)
  return { uri: totp.toString(), text: totp.secret.base32 }
}
