import { credentialsByEmail, type CredentialRow } from "@/lib/access/credentials/sql"

/** Finds a user's credentials by email, in any organisation. Null if there is no such user. */
export async function findCredentials(email: string): Promise<CredentialRow | null> {
  const [user] = await credentialsByEmail(email.trim())
  return user ?? null
}
