import { randomBytes } from "node:crypto"
import { hash, verify } from "@node-rs/argon2"
import {
  longestPassword,
  normalised,
  shortestPassword,
  weaknessOf,
  type Owner,
  type Weakness,
} from "@/lib/access/credentials/password-rules"
import { AppError } from "@/lib/base/errors"

// Argon2id is the library's default. The cost is OWASP's: 19 MiB, two passes.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes a new password. Refuses a weak one. Everything that sets a password calls this. */
export async function hashPassword(password: string, owner: Owner): Promise<string> {
  const weakness = weaknessOf(password, owner, await commonPasswords())
  if (weakness)
    throw new AppError("invalid", weaknessMessages[weakness], { field: "password", reason: weakness })
  return hash(normalised(password), cost)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password matches. Without a hash it takes as long and returns false, so that timing does not
 * reveal which users exist.
 */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const against = passwordHash ?? (await (decoy ??= hash(randomBytes(16).toString("hex"), cost)))
  return (await verify(against, normalised(password))) && passwordHash !== null
}

/** A one-time password of 120 random bits. */
export const oneTimePassword = (): string => randomBytes(15).toString("base64url")

const weaknessMessages: Record<Weakness, string> = {
  tooShort: `Choose at least ${shortestPassword} characters.`,
  tooLong: `Choose at most ${longestPassword} characters.`,
  common: "Many people use this password, so it is easy to guess. Choose another.",
  personal: 'This password is too close to your name, your email or "Tillwatch". Choose another.',
}

let common: Promise<ReadonlySet<string>> | undefined

// Loaded on demand: half a megabyte that only setting a password needs.
const commonPasswords = () =>
  (common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  ))
