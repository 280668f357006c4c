import type { Db } from "@/lib/base/db/transaction"
import { tableWith } from "@/lib/insight/verdicts/learn-ratios"
import { ratioCodes, type RatioTable } from "@/lib/insight/verdicts/likelihoods"
import { newestRatios, ratioVersions } from "@/lib/insight/verdicts/ratios-sql"

/**
 * What evidence weighs in an organisation: the shipped ratios, and what its findings have taught. Evidence
 * that an earlier version of Tillwatch knew is left out.
 */
export async function ratiosOf(db: Db, orgId: string): Promise<RatioTable> {
  const [newest] = await newestRatios(db, orgId)
  return tableWith((newest?.ratios ?? []).filter(({ code }) => ratioCodes.includes(code)))
}

/** The version of what evidence weighs in the reader's organisation. 0 is what is shipped. */
export const ratiosVersion = async (db: Db): Promise<number> => (await ratioVersions(db, 1))[0]?.version ?? 0
