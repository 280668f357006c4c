import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { parseExact } from "@/lib/base/text/exact-json"
import { noteUnmappedCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { codedRecordOf } from "@/lib/intake/codes/code-book"
import { systemsOf } from "@/lib/intake/codes/load-code-book"
import { unmappedMessage } from "@/lib/intake/imports/mapping/add-sale"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Mapped } from "@/lib/intake/imports/runs/map-rows"
import { rejectedRow } from "@/lib/intake/imports/runs/rejected-row"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"
import { reject } from "@/lib/intake/ingest/check"
import { keepRejected } from "@/lib/intake/ingest/keep-rejected"

const reason = "unmapped_code"

/** Whether only its code shows the outcome of a sale, and no code table has the code. */
export const isWaiting = ({ sale }: Profile, record: Readonly<Record<string, unknown>>): boolean =>
  sale !== undefined && record["outcome"] === undefined

/**
 * Keeps sales in the quarantine until their codes are in a code table, and lists the codes to be mapped. Both
 * count sightings: a slice that is stored again after its worker died counts its sales again.
 */
export async function keepWaiting(actor: Actor, waiting: Mapped["values"]): Promise<RejectedRow[]> {
  if (waiting.length === 0) return []
  const coded = waiting.map(({ value }) => codedRecordOf(value))
  const rejected = waiting.map(({ value }, index) =>
    reject(
      { index, text: JSON.stringify(value), parse: parseExact },
      reason,
      "code",
      unmappedMessage(coded[index]?.code ?? ""),
    ),
  )
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const systemOf = await systemsOf(db, coded)
    await keepRejected(db, { orgId: actor.orgId, kind: "transaction", rejected })
    await noteUnmappedCodes(
      db,
      coded.map((record) => ({ codeSystem: systemOf(record), code: record.code })),
    )
  })
  return waiting.flatMap(({ row }, i) => {
    const rejection = rejected[i]?.rejection
    return rejection ? [rejectedRow(row, rejection.code, rejection.field, rejection.message)] : []
  })
}
