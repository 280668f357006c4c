import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

const cipherName = "aes-256-gcm"
const ivBytes = 12
const tagBytes = 16

/** Encrypts with AES-256-GCM. What is sealed opens only with the same key for the same `owner`. */
export function seal(plain: Uint8Array, { key, owner }: { key: Buffer; owner: string }): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(cipherName, key, iv).setAAD(Buffer.from(owner))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed; null where the key is another, or it was sealed for someone else. */
export function unseal(sealed: Buffer, { key, owner }: { key: Buffer; owner: string }): Buffer | null {
  const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(owner))
    .setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()])
  } catch {
    return null
  }
}
