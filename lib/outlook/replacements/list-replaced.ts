import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { onceFor } from "@/lib/base/kept/once-for"
import { readPage } from "@/lib/base/pages/read-page"
import { planOf, type Group, type Plan } from "@/lib/outlook/replacements/forecast"
import { readOutlook } from "@/lib/outlook/replacements/read-outlook"
import type { ReplacedPage, ReplacedQuery } from "@/lib/outlook/replacements/schemas"
import { groupKey, replacedOrder, terminalsOf } from "@/lib/outlook/replacements/sql"

type Asked = { actor: Actor; query: ReplacedQuery; now?: Date }

/** Groups of a large organisation are kept for a minute. */
const plansBy = onceFor<Map<string, Plan>>()

/** The terminals that a quarter's forecast counts. Other quarters have none. */
export async function listReplaced({ actor, query, now = new Date() }: Asked): Promise<ReplacedPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { economicsOf, groups, quarters, reading, key, today } = await readOutlook(db, actor, now)
    const asked = quarters.findIndex(({ name }) => name === query.quarter)
    const planBy = plansBy(groups, `${key} ${today}`, () => {
      const plan = (group: Group) => planOf(group, { economics: economicsOf(group.modelId), quarters, today })
      return new Map(groups.map((group) => [groupKey(group), plan(group)]))
    })
    const chosen = groups.filter(
      (group) =>
        planBy.get(groupKey(group))?.quarter === asked &&
        (query.model === undefined || query.model === (group.modelId ?? 0)),
    )
    const { rows, ...links } = await readPage(replacedOrder, query, async (slice) =>
      chosen.length === 0 ? [] : terminalsOf(db, { ...reading, groups: chosen }, slice),
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
          why: planBy.get(groupKey(alike))?.why ?? "cost",
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
