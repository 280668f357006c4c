import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/**
 * Lets the flags of a demo open when their conditions began, so that earlier weeks have some too. Rules see
 * conditions from before the demo's start as of now. `until` ends the first rounds after the start.
 */
export const openWhenBegun = (db: Db, { orgId, from, until }: { orgId: string; from: Date; until: Date }) =>
  db.query<{ id: number }>(sql`
  update flag f
     set since_at = began.at, opened_at = began.at
    from (
      select g.id,
             least(g.since_at, case g.rule
               when 'self_check' then (
                 select min(h.at) from heartbeat h
                  where h.terminal_id = g.terminal_id and h.at > ${from}::timestamptz - interval '30 days'
                    and h.at < ${until}::timestamptz
                    and (h.tamper or not h.pinpad_ok or not h.reader_ok or not h.security_ok))
               when 'model_past_use_end' then case g.reasons->0->>'code'
                 when 'use_end_near' then (g.reasons->0->>'on')::date - interval '365 days' end end) as at
        from flag g
       where g.org_id = ${orgId}::uuid and g.status = 'open'
         and g.opened_at >= ${from}::timestamptz and g.opened_at < ${until}::timestamptz) began
   where f.id = began.id
  returning f.id`)
