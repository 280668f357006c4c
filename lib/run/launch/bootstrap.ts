import { systemActor } from "@/lib/access/actor/actor"
import { createOrganisation } from "@/lib/access/organisation/create-organisation"
import { createUser } from "@/lib/access/users/create-user"
import { asWorkerPrisma } from "@/lib/base/db/transaction"
import { env } from "@/lib/base/env"

/** Creates the first organisation and its admin. Null if there is an organisation already. */
export async function bootstrap(): Promise<{ email: string; password: string } | null> {
  if ((await asWorkerPrisma((tx) => tx.organisation.count())) > 0) return null
  const orgId = await createOrganisation({ name: "Tillwatch" })
  return createUser({ actor: systemActor(orgId), email: env().ADMIN_EMAIL, role: "admin" })
}
