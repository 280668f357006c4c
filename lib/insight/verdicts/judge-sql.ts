import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { Kind } from "@/lib/insight/verdicts/kind"
import type { Confidence, Shares } from "@/lib/insight/verdicts/priors"
import type { Evidence } from "@/lib/insight/verdicts/schemas"

/** Organisations with failed sales to judge, or with folded batches that were not looked at. */
export const organisationsToJudge = (db: Db, now: Date) =>
  db.query<{ id: string }>(sql`
  select distinct org_id as id from ingest_batch
   where kind = 'transaction' and folded_at is not null and judged_at is null
  union
  select o.id from organisation o
   where exists (select from verdict v where v.org_id = o.id and v.due_at <= ${now}::timestamptz)`)

export type DueSale = {
  terminalId: number
  at: string
  id: string
  happenedAt: Date
  storeId: number
  kind: Kind
  entryMode: string
  issuer: string
  operator: string
  version: number
  cause: Cause
  p: Shares
  codeCause: Cause | "none" | null
  confidence: Confidence | null
}

/** Failed sales that are due, the oldest first. */
export const dueSales = (db: Db, { orgId, now, limit }: { orgId: string; now: Date; limit: number }) =>
  db.query<DueSale>(sql`
  with due as materialized (
    select * from verdict
     where org_id = ${orgId}::uuid and due_at <= ${now}::timestamptz
     order by due_at, happened_at, terminal_id, id
     limit ${limit}::int)
  select v.terminal_id as "terminalId", v.at::text as at, v.id, v.happened_at as "happenedAt",
         v.store_id as "storeId", v.kind, v.entry_mode as "entryMode", v.issuer, v.operator, v.version,
         v.cause,
         jsonb_build_object('device', v.p_device, 'card', v.p_card, 'operator', v.p_operator, 'system',
           v.p_system) as p,
         c.cause as "codeCause", c.confidence
    from due v
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
    left join response_code c on c.id = h.response_code_id
   order by v.happened_at, v.terminal_id, v.id`)

/** Due failed sales whose raw rows are gone are left as they are. */
export const leaveWithoutRaw = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query(sql`
  update verdict v set due_at = null
   where v.org_id = ${orgId}::uuid and v.due_at <= ${now}::timestamptz
     and not exists (
       select from transaction h where h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at)`)

export type Judged = {
  terminalId: number
  at: string
  id: string
  cause: Cause
  p: Shares
  evidence: Evidence[]
  isRetry: boolean
  dueAt: Date | null
}

const mostHistory = 8

/** Writes judgements. What a changed one said before goes into its history. */
export const writeJudged = (db: Db, { now, judged }: { now: Date; judged: readonly Judged[] }) =>
  db.query(sql`
  update verdict v
     set cause = j.cause, p_device = (j.p->>'device')::real, p_card = (j.p->>'card')::real,
         p_operator = (j.p->>'operator')::real, p_system = (j.p->>'system')::real, evidence = j.evidence,
         is_retry = j."isRetry", judged_at = ${now}::timestamptz, due_at = j."dueAt",
         version = v.version + 1,
         history = case when v.version = 0 or v.cause = j.cause then v.history
           else jsonb_path_query_array(
             jsonb_build_array(jsonb_build_object('judgedAt', v.judged_at, 'cause', v.cause,
               'p', jsonb_build_array(v.p_device, v.p_card, v.p_operator, v.p_system)))
             || v.history, ${`$[0 to ${mostHistory - 1}]`}::jsonpath) end
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb)
      as j ("terminalId" bigint, at timestamptz, id text, cause text, p jsonb, evidence jsonb,
            "isRetry" boolean, "dueAt" timestamptz)
   where v.terminal_id = j."terminalId" and v.id = j.id and v.at = j.at`)
