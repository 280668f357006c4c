import { hashSecret } from "@/lib/access/credentials/hash-secret"
import type { DataScope } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { limiter } from "@/lib/base/limits/limiter"
import { terminalByHash } from "@/lib/fleet/terminals/help-link/sql"

/** Everybody at a till uses the same link. */
const countVisit = limiter({ name: "help-links", points: 120, seconds: 900 })

export type HelpVisit = { scope: DataScope; terminalId: number; serial: string; store: string }

/** The terminal of a help link, and what somebody who opened it may read. */
export async function findHelpLink(token: string): Promise<HelpVisit> {
  const [linked] = await terminalByHash(hashSecret(token))
  if (!linked) throw new AppError("not_found", "The link was replaced or removed.")
  const { org_id: orgId, terminal_id: terminalId, serial, store } = linked
  await countVisit(`terminal ${terminalId}`)
  return { scope: { orgId, stores: [], terminalId }, terminalId, serial, store }
}
