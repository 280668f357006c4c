import { credentialsByEmail, type CredentialRow } from "@/lib/access/credentials/sql"

/**
 * The user of an e-mail address, of whichever organisation, with what they sign in by; null where there is
 * none.
 */
export async function findCredentials(email: string): Promise<CredentialRow | null> {
  const [user] = await credentialsByEmail(email.trim())
  return user ?? null
}
