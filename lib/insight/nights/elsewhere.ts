import type { Db } from "@/lib/base/db/transaction"
import { subcausesOf, subkinds, type Kind } from "@/lib/fleet/code-packs/kind"
import { channelOfSubcause, isSubcause, type Subcause } from "@/lib/fleet/code-packs/subcauses"
import { kindOf } from "@/lib/insight/evidence/words"
import type { NightlyRule } from "@/lib/insight/flags/words"
import {
  cardsElsewhere,
  failedSales,
  issuersEverywhere,
  usualRate,
  type Asked,
} from "@/lib/insight/nights/elsewhere-sql"
import type { RuledOut } from "@/lib/insight/nights/fails-often"
import { kindOfSubcause } from "@/lib/insight/verdicts/kind"

const techSubcauses = Object.keys(channelOfSubcause)
  .filter(isSubcause)
  .filter((subcause) => channelOfSubcause[subcause] === "tech")

/** No issuer makes reads fail. */
function subcausesFor(kind: Kind): readonly Subcause[] {
  const group = subkinds.find((name) => name === kind)
  return group ? subcausesOf[group] : kind === "tech" ? techSubcauses : []
}

/**
 * What the cards that failed at a terminal did at other ones, and those of their issuers everywhere: whether
 * they could be the cause.
 */
export async function ruledOutElsewhere(
  db: Db,
  { rule, ...asked }: Asked & { rule: NightlyRule },
): Promise<RuledOut> {
  const kind = kindOf[rule]
  if (kind === null) return []
  const subcauses = subcausesFor(kind)
  const kinds = subcauses.length > 0 ? [...new Set(subcauses.map(kindOfSubcause))] : [kind]
  const failed = await failedSales(db, { ...asked, kinds })
  const [usual] = await usualRate(db, { ...asked, kind })
  const cards = [...new Set(failed.flatMap(({ card }) => card ?? []))]
  const issuers = [...new Set(failed.flatMap(({ issuer }) => issuer || []))]
  const [ofCards] = cards.length > 0 ? await cardsElsewhere(db, { ...asked, kinds, cards }) : []
  const [ofIssuers] =
    issuers.length > 0 && subcauses.length > 0
      ? await issuersEverywhere(db, { ...asked, issuers, subcauses })
      : []
  return [
    { what: "card" as const, tally: ofCards },
    { what: "issuer" as const, tally: ofIssuers },
  ].flatMap(({ what, tally }) =>
    tally && tally.sales > 0
      ? [{ what, observed: tally.failed, expected: tally.sales * (usual?.rate ?? 0) }]
      : [],
  )
}
