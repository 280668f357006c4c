import sql, { type Sql } from "sql-template-tag"
import { inSlices } from "@/lib/base/db/in-slices"
import type { Db } from "@/lib/base/db/transaction"
import { distinctTexts, type DistinctTexts } from "@/lib/base/text/distinct-texts"
import type { TerminalFacts } from "@/lib/insight/engine/terms/input"

type Night = { orgId: string; until: Date }
type FactRow = {
  id: string
  store: string
  model: string
  acquirer: string
  carrier: string
  os: string | null
  firmware: string | null
  app: string | null
  emv_kernel: string | null
  security_patch: string | null
}

/** Active terminals of open stores as they were at an instant, in the order of their ids. */
const activeAt = ({ orgId, until }: Night): Sql => sql`
  select t.id::text as id, p.store_id::text as store, coalesce(t.model_id::text, '') as model,
         coalesce(n.acquirer_id::text, '') as acquirer, coalesce(st.carrier, '') as carrier,
         st.os, st.firmware, st.app, st.emv_kernel, st.security_patch
    from terminal t
    join terminal_status u on u.terminal_id = t.id and u.status = 'active'
     and u.from_at < ${until}::timestamptz and (u.to_at is null or u.to_at >= ${until}::timestamptz)
    join terminal_store p on p.terminal_id = t.id
     and p.from_at < ${until}::timestamptz and (p.to_at is null or p.to_at >= ${until}::timestamptz)
    join store s on s.id = p.store_id and (s.closed_on is null
      or s.closed_on > (${until}::timestamptz at time zone s.time_zone)::date)
    left join terminal_state st on st.terminal_id = t.id
    left join (
      select terminal_id, min(acquirer_id) as acquirer_id
        from terminal_tid
       where org_id = ${orgId}::uuid and acquirer_id is not null
         and from_at < ${until}::timestamptz and (to_at is null or to_at >= ${until}::timestamptz)
       group by 1) n on n.terminal_id = t.id
   where t.org_id = ${orgId}::uuid and t.merged_into is null
   order by t.id`

export async function factsAt(db: Db, night: Night): Promise<TerminalFacts[]> {
  const texts = distinctTexts()
  const keep = (rows: FactRow[]) => rows.map((row) => factsIn(row, texts))
  return (await inSlices(db, activeAt(night), keep)).flat()
}

function factsIn(row: FactRow, texts: DistinctTexts): TerminalFacts {
  const { id, os, firmware, app, emv_kernel: emvKernel, security_patch: securityPatch } = row
  const versions = Object.entries({ os, firmware, app, emvKernel, securityPatch })
  return {
    id,
    store: texts.one(row.store),
    model: texts.one(row.model),
    acquirer: texts.one(row.acquirer),
    carrier: texts.one(row.carrier),
    releases: Object.fromEntries(
      versions.flatMap(([name, version]) => (version === null ? [] : [[name, texts.one(version)]])),
    ),
  }
}
