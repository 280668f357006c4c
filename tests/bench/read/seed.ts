import { closeDatabase, asOwner } from "@/lib/base/db/client"
import { dbOf } from "@/lib/base/db/transaction"
import { addAccess } from "@/tests/bench/read/seed-access"
import { addFleet } from "@/tests/bench/read/seed-fleet"
import { addInsight } from "@/tests/bench/read/seed-insight"
import { addRecords } from "@/tests/bench/read/seed-records"
import { addRollups } from "@/tests/bench/read/seed-rollups"
import type { Seeded } from "@/tests/bench/read/seeded"
import { givenOrganisation } from "@/tests/support/factories"

/** The files that decide what is made. */
export const sources = [
  "seed",
  "seed-access",
  "seed-fleet",
  "seed-insight",
  "seed-records",
  "seed-rollups",
].map((name) => `tests/bench/read/${name}.ts`)

/**
 * Makes an organisation with this many terminals, a quarter as many stores in three zones, 90 days of days
 * and 8 days of hours, and records, flags, files and audit entries in proportion. No terminal is due for
 * anything, so that the worker's rounds are quiet.
 */
export async function seed(terminals: number, say: (text: string) => void): Promise<void> {
  const { orgId } = await givenOrganisation()
  const seeded: Seeded = { orgId, terminals, stores: Math.ceil(terminals / 4) }
  await asOwner(async (client) => {
    await client.query("set work_mem = '128MB'")
    await client.query("set synchronous_commit = off")
    const db = dbOf(client)
    say("stores and terminals")
    await addFleet(db, seeded)
    say("users, keys and audit entries")
    await addAccess(db, seeded)
    say("records, flags and files")
    await addRecords(db, seeded)
    say("what rounds and nights keep")
    await addInsight(db, seeded)
    await addRollups(db, seeded, say)
    say("vacuum")
    await client.query("vacuum (analyze)")
  })
  await closeDatabase()
}
