import { ownPlaceholders } from "@/lib/access/organisation/own-organisation"
import type { Db } from "@/lib/base/db/transaction"
import { placeholderTest } from "@/lib/fleet/terminals/placeholder"

/** Returns a test for placeholders of the transaction's organisation. */
export const ownPlaceholderTest = async (db: Db): Promise<(name: string) => boolean> =>
  placeholderTest(await ownPlaceholders(db))
