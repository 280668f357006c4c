import sql, { raw, type Sql } from "sql-template-tag"
import { inSlices } from "@/lib/base/db/in-slices"
import type { Db } from "@/lib/base/db/transaction"
import { distinctTexts } from "@/lib/base/text/distinct-texts"
import type { Sales } from "@/lib/rollups/fold/sql/tables"
import { classCount, classEnds } from "@/lib/rollups/speeds/classes"
import type { Durations } from "@/lib/rollups/speeds/slow-sales"

/** Sales that went through at once. What fails may take as long as a timeout, and says nothing of speed. */
const isTimed = sql`
  duration_ms is not null and outcome = 'approved' and not is_retry and entry_mode <> 'ecommerce'`

/** `counts` is an array as the database writes it. Most are alike, and each text is in memory once. */
export type Speeds = { store_id: number; dimension: string; value: string; counts: string }

const counts = raw(
  Array.from({ length: classCount }, (_, i) => `count(*) filter (where s.class = ${i})`).join(", "),
)

/** How many sales of each store fall into each class of durations: all, and by what they went through. */
export async function countSpeeds(db: Db, sales: Sales): Promise<Speeds[]> {
  const texts = distinctTexts()
  const slices = await inSlices(db, speedsIn(sales), (rows: Speeds[]) =>
    rows.map((row) => ({
      store_id: row.store_id,
      dimension: texts.one(row.dimension),
      value: texts.one(row.value),
      counts: texts.one(row.counts),
    })),
  )
  return slices.flat()
}

const speedsIn = (sales: Sales): Sql => sql`
    select s.store_id, g.dimension, g.value, array[${counts}]::int[]::text as counts
      from (select *, width_bucket(duration_ms, ${[...classEnds]}::int[]) as class
              from ${sales} where ${isTimed}) s
      left join terminal_state st on st.terminal_id = s.terminal_id
     cross join lateral (
       values ('store', ''), ('issuer', s.issuer), ('release', s.release), ('acquirer', s.acquirer),
              ('carrier', coalesce(st.carrier, ''))) as g (dimension, value)
     where g.dimension = 'store' or g.value <> ''
     group by 1, 2, 3`

/** How long each terminal's sales of an acquirer and entry mode took. */
export const durationsOf = (db: Db, sales: Sales) =>
  db.query<Durations>(sql`
    select terminal_id, acquirer, entry_mode, array_agg(duration_ms) as durations
      from ${sales} where ${isTimed}
     group by 1, 2, 3`)
