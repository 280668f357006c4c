import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

const cipherName = "aes-256-gcm"
const ivBytes = 12
const tagBytes = 16

/** Encrypts with AES-256-GCM. Opening needs the same key and the same `owner`. */
export function seal(plain: Uint8Array, { key, owner }: { key: Buffer; owner: string }): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(cipherName, key, iv).setAAD(Buffer.from(owner))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Decrypts. Null if the key or the owner differs, or the text was changed. */
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
