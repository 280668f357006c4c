import sql from "sql-template-tag"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

/** Uploads come by the thousand, so what they repeat is written now and then. */
const writeAfterMs = 30_000
const noted = new Map<string, number>()

/** Notes how many records of an organisation were known already. A process that ends soon loses them. */
export function noteDuplicates(orgId: string, count: number): void {
  if (count === 0) return
  if (noted.size === 0) setTimeout(() => void writeDuplicates(), writeAfterMs).unref()
  noted.set(orgId, (noted.get(orgId) ?? 0) + count)
}

/** Adds what was noted to the organisations' days, for the page of data quality. */
export async function writeDuplicates(): Promise<void> {
  const counts = [...noted]
  noted.clear()
  for (const [orgId, count] of counts)
    try {
      await inOrganisation(wholeOrganisation(orgId), (db) =>
        db.query(sql`
        insert into data_quality_day as d (org_id, day, kind, count)
        select o.id, (now() at time zone o.time_zone)::date, 'duplicates', ${count}::int
          from organisation o where o.id = ${orgId}::uuid
        on conflict (org_id, day, kind) do update set count = d.count + excluded.count`),
      )
    } catch (error) {
      log.warn({ error: describe(error) }, "repeated records could not be counted")
    }
}
