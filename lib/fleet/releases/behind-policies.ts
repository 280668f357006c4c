import type { Db } from "@/lib/base/db/transaction"
import type { Policy } from "@/lib/fleet/releases/schemas"
import { evaluatedReleases, policies, releases } from "@/lib/fleet/releases/sql"
import { standingNow } from "@/lib/fleet/releases/standards-of"

/** The policies of which terminals fall short now, with their number, whether they are due or not. */
export async function behindPolicies(db: Db, now: Date): Promise<(Policy & { terminals: number })[]> {
  const reported = await evaluatedReleases(db, null)
  const known = await releases(db)
  const counted = (await policies(db)).map((policy) => {
    const standards = { policies: [{ ...policy, dueOn: null }], releases: known }
    const behind = reported.filter((one) => standingNow(one, { standards, now }) === "behind")
    return { ...policy, terminals: behind.reduce((sum, { terminals }) => sum + terminals, 0) }
  })
  return counted.filter(({ terminals }) => terminals > 0)
}
