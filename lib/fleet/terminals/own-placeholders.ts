import { ownPlaceholders } from "@/lib/access/organisation/own-organisation"
import type { Db } from "@/lib/base/db/transaction"
import { placeholderTest } from "@/lib/fleet/terminals/placeholder"

/** Tells what names are placeholders to the organisation of the transaction. */
export const ownPlaceholderTest = async (db: Db): Promise<(name: string) => boolean> =>
  placeholderTest(await ownPlaceholders(db))
