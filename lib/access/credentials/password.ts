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

// argon2id is the library's default; OWASP's cost for it: 19 MiB, two passes.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Hashes a new password of the owner; a weak one is refused. Every place that sets a password comes through
 * here.
 */
export async function hashPassword(password: string, owner: Owner): Promise<string> {
  const weakness = weaknessOf(password, owner, await commonPasswords())
  if (weakness) throw new AppError("invalid", whyNot[weakness], { field: "password", reason: weakness })
  return hash(normalised(password), cost)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password fits. Without a hash it takes as long and says no, so that nobody learns which users
 * exist.
 */
export async function passwordFits(password: string, passwordHash: string | null): Promise<boolean> {
  const against = passwordHash ?? (await (decoy ??= hash(randomBytes(16).toString("hex"), cost)))
  return (await verify(against, normalised(password))) && passwordHash !== null
}

/** A password for one use, 120 random bits. */
export const oneTimePassword = (): string => randomBytes(15).toString("base64url")

const whyNot: Record<Weakness, string> = {
  tooShort: `Choose at least ${shortestPassword} characters.`,
  tooLong: `Choose at most ${longestPassword} characters.`,
  common: "Many people use this password, and whoever guesses tries it first: choose another.",
  personal: "This password is little more than your name, your address or Tillwatch's: choose another.",
}

let common: Promise<ReadonlySet<string>> | undefined

// Half a megabyte that only whoever chooses a password needs.
const commonPasswords = () =>
  (common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  ))
