import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import { rangeOf } from "@/lib/base/time/range"
import { storeNames } from "@/lib/fleet/stores/namesakes"
import { remediesOf } from "@/lib/insight/diagnoses/remedies"
import type { FailedSale, FailedSalePage, FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"
import {
  countFailedSales,
  failedSaleOrder,
  failedSalePage,
  isOfVerdicts,
  type FailedSaleRow,
} from "@/lib/insight/failed-sales/sql"
import { sentencesOf } from "@/lib/insight/verdicts/sentences"

/** Failed sales are kept with their time, so every hour of them can be read. */
const everyHour = { hoursFrom: new Date(0), daysOnly: false }

type Input = { actor: Actor; query: FailedSaleQuery; now?: Date }

/** A page of failed sales with their verdicts, the newest first. */
export async function listFailedSales({
  actor,
  query: { cursor, limit, from, to, range, ...filter },
  now = new Date(),
}: Input): Promise<FailedSalePage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const zone = await organisationZone(db)
    const period = rangeOf({ from, to, range, zone, ...everyHour, at: now })
    const asked = { ...filter, from: period.from, to: period.to }
    const selection = { ...asked, isByVerdicts: await isOfVerdicts(db, asked) }
    const { rows, ...links } = await readPage(failedSaleOrder, { cursor, limit }, (slice) =>
      failedSalePage(db, selection, slice),
    )
    const nameOf = await storeNames(
      db,
      rows.map(({ store_id: id }) => id),
    )
    return {
      data: rows.map((row) => saleOf({ ...row, store_name: nameOf(row.store_id, row.store_name) })),
      ...links,
      ...(await countFailedSales(db, selection)),
      from: period.from,
      to: period.to,
    }
  })
}

const saleOf = (row: FailedSaleRow): FailedSale => ({
  id: row.id,
  at: row.happened_at.toISOString(),
  outcome: row.outcome,
  terminal: { id: row.terminal_id, serial: row.serial },
  store: { id: row.store_id, name: row.store_name },
  codeSystem: row.code_system,
  code: row.code,
  meaningEn: row.meaning_en,
  meaningZh: row.meaning_zh,
  codeCause: row.code_cause,
  subcause: row.subcause,
  entryMode: row.entry_mode,
  issuer: row.issuer_bin,
  operator: row.operator,
  acquirer: row.acquirer,
  release: row.release,
  amountMinor: row.amount_minor,
  currency: row.currency,
  isRetry: row.is_retry,
  verdict: verdictOf(row),
})

function verdictOf(row: FailedSaleRow): FailedSale["verdict"] {
  if (row.version === 0) return null
  return {
    cause: row.cause,
    p: { device: row.p_device, card: row.p_card, operator: row.p_operator, system: row.p_system },
    evidence: row.evidence.map((one) => ({ ...one, text: sentencesOf(one) })),
    remedies: remediesOf({ ...row, ofCode: row.remedy ?? "" }),
    judgedAt: row.judged_at?.toISOString() ?? row.happened_at.toISOString(),
  }
}
