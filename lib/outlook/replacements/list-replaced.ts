import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import { planOf, type Group } from "@/lib/outlook/replacements/forecast"
import { readOutlook } from "@/lib/outlook/replacements/read-outlook"
import type { ReplacedPage, ReplacedQuery } from "@/lib/outlook/replacements/schemas"
import { replacedOrder, terminalsOf } from "@/lib/outlook/replacements/sql"

type Asked = { actor: Actor; query: ReplacedQuery; now?: Date }
type Alike = Omit<Group, "terminals">

const keyOf = ({ modelId, bornOn, failures, useEndOn }: Alike) =>
  [modelId, bornOn, failures, useEndOn].join(" ")

/** The terminals that a quarter's forecast counts. Other quarters have none. */
export async function listReplaced({ actor, query, now = new Date() }: Asked): Promise<ReplacedPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { economicsOf, groups, quarters, reading, today } = await readOutlook(db, actor, now)
    const asked = quarters.findIndex(({ name }) => name === query.quarter)
    const whyOf = new Map(
      groups
        .filter(({ modelId }) => query.model === undefined || query.model === (modelId ?? 0))
        .flatMap((group) => {
          const plan = planOf(group, { economics: economicsOf(group.modelId), quarters, today })
          return plan?.quarter === asked ? [[keyOf(group), { group, why: plan.why }] as const] : []
        }),
    )
    const chosen = [...whyOf.values()].map(({ group }) => group)
    const { rows, ...links } = await readPage(replacedOrder, query, (slice) =>
      terminalsOf(db, { ...reading, groups: chosen }, slice),
    )
    return {
      data: rows.map((row) => {
        const alike = {
          modelId: row.model_id,
          bornOn: row.born_on,
          failures: row.failures,
          useEndOn: row.use_end_on,
        }
        return {
          id: row.id,
          serial: row.serial,
          model: row.model_id === null ? null : { id: row.model_id, name: row.model ?? "" },
          store: { id: row.store_id, name: row.store_name, code: row.store_code },
          why: whyOf.get(keyOf(alike))?.why ?? "cost",
          bornOn: row.born_on,
          failures: row.failures,
          useEndOn: row.use_end_on,
          warrantyUntil: row.warranty_until,
        }
      }),
      ...links,
    }
  })
}
