import { randomBytes } from "node:crypto"
import { hash, verify } from "@node-rs/argon2"
import { AppError } from "@/lib/errors"

const shortestPassword = 12
const longestPassword = 200

// argon2id is the library's default; OWASP's cost for it: 19 MiB, two passes.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, cost)

let decoy: Promise<string> | undefined

/** Whether the password fits. Without a hash it takes as long and says no, so that nobody learns which users exist. */
export async function passwordFits(password: string, passwordHash: string | null): Promise<boolean> {
  const against = passwordHash ?? (await (decoy ??= hashPassword(randomBytes(16).toString("hex"))))
  return (await verify(against, password.slice(0, longestPassword))) && passwordHash !== null
}

/** A password for one use, 120 random bits. */
export const oneTimePassword = (): string => randomBytes(15).toString("base64url")

/** Length is what counts; there are no rules of composition. */
export function requireGoodPassword(password: string): void {
  if (password.length < shortestPassword) throw new AppError("invalid", `Choose at least ${shortestPassword} characters.`, { field: "password" })
  if (password.length > longestPassword) throw new AppError("invalid", `Choose at most ${longestPassword} characters.`, { field: "password" })
}
