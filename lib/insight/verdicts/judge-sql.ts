import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { Shares } from "@/lib/insight/verdicts/priors"
import type { Evidence } from "@/lib/insight/verdicts/schemas"

/** Organisations with failed sales to judge, or with folded batches that were not looked at. */
export const organisationsToJudge = (db: Db, now: Date) =>
  db.query<{ id: string }>(sql`
  select distinct org_id as id from ingest_batch
   where kind = 'transaction' and folded_at is not null and judged_at is null
  union
  select org_id from verdict
   where org_id = any(array(select id from organisation)) and due_at <= ${now}::timestamptz
   group by 1`)

/** Sorts a slice in memory; compiling its statements would take longer than running them. */
export async function prepareSession(db: Db): Promise<void> {
  await db.query(sql`set local work_mem = '64MB'`)
  await db.query(sql`set local jit = off`)
}

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
  isOfCard: boolean
  lostMinor: number | null
  currency: string | null
  dueAt: Date | null
}

const mostHistory = 8

/**
 * Writes judgements. What a changed one said before goes into its history, which is read first: Citus makes
 * no JSON in an update.
 */
export const writeJudged = (db: Db, { now, judged }: { now: Date; judged: readonly Judged[] }) =>
  db.query(sql`
  with given as materialized (
    select j.*,
           case when v.version = 0 or v.cause = j.cause then v.history
             else jsonb_path_query_array(
               jsonb_build_array(jsonb_build_object('judgedAt', v.judged_at, 'cause', v.cause,
                 'p', jsonb_build_array(v.p_device, v.p_card, v.p_operator, v.p_system)))
               || v.history, ${`$[0 to ${mostHistory - 1}]`}::jsonpath) end as history
      from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb)
        as j ("terminalId" bigint, at timestamptz, id text, cause text, p jsonb, evidence jsonb,
              "isRetry" boolean, "isOfCard" boolean, "lostMinor" bigint, currency text,
              "dueAt" timestamptz)
      join verdict v on v.terminal_id = j."terminalId" and v.id = j.id and v.at = j.at)
  update verdict v
     set cause = j.cause, p_device = (j.p->>'device')::real, p_card = (j.p->>'card')::real,
         p_operator = (j.p->>'operator')::real, p_system = (j.p->>'system')::real, evidence = j.evidence,
         is_retry = j."isRetry", is_of_card = j."isOfCard",
         lost_minor = j."lostMinor", currency = j.currency, judged_at = ${now}::timestamptz,
         due_at = j."dueAt", version = v.version + 1, history = j.history
    from given j
   where v.terminal_id = j."terminalId" and v.id = j.id and v.at = j.at`)
