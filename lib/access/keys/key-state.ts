import type { ApiKey } from "@/lib/access/keys/schemas"

export type KeyState = "works" | "ending" | "expired" | "revoked"

const soonMs = 14 * 86_400_000

/** A key's state. `ending` means that it expires within two weeks. */
export function keyState(
  { revokedAt, expiresAt }: Pick<ApiKey, "revokedAt" | "expiresAt">,
  now: Date,
): KeyState {
  if (revokedAt !== null) return "revoked"
  if (expiresAt === null) return "works"
  const left = Date.parse(expiresAt) - now.getTime()
  return left <= 0 ? "expired" : left < soonMs ? "ending" : "works"
}
