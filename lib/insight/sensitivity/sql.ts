import sql from "sql-template-tag"
import type { Sensitivity } from "@/lib/access/organisation/words"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { discoveryRates } from "@/lib/insight/engine/terms/settings"
import { isRight, outcomes } from "@/lib/insight/flags/outcomes"
import type { NightlyRule, RuleName } from "@/lib/insight/flags/words"
import type { Looked } from "@/lib/insight/sensitivity/finds-nothing"

const right = outcomes.filter(isRight)
const [rehearsedDays, confirmedWithinDays] = [90, 60]

export const sensitivityRow = (db: Db, orgId: string) =>
  db.query<{ sensitivity: Sensitivity }>(sql`
  select sensitivity from organisation where id = ${orgId}::uuid`)

/** The sensitivity with the first night that is rehearsed. */
export const rehearsedSince = (db: Db, now: Date) =>
  db.query<{ sensitivity: Sensitivity; since: Day | null }>(sql`
  select sensitivity,
         case when rehearsed_from is not null
              then greatest(rehearsed_from,
                (${now}::timestamptz at time zone time_zone)::date - ${rehearsedDays}::int) end as since
    from organisation
   where id = ${ownOrg}`)

export type RehearsedFlag = { step: number; rule: NightlyRule; terminal_id: number; store_id: number }
type Night = { orgId: string; day: Day }

export const insertRehearsed = (db: Db, { orgId, day, flags }: Night & { flags: readonly RehearsedFlag[] }) =>
  db.query(sql`
  insert into rehearsed_flag (org_id, opened_on, step, rule, terminal_id, store_id)
  select ${orgId}::uuid, ${day}::date, g.step, g.rule, g.terminal_id, g.store_id
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb)
           as g (step smallint, rule text, terminal_id bigint, store_id bigint)
  on conflict do nothing`)

export const deleteRehearsed = (db: Db, { orgId, day }: Night) =>
  db.query(sql`
  delete from rehearsed_flag
   where org_id = ${orgId}::uuid and opened_on < ${day}::date - ${rehearsedDays}::int`)

export const noteRehearsal = (db: Db, { orgId, day }: Night) =>
  db.query(sql`
  update organisation set rehearsed_from = ${day}::date
   where id = ${orgId}::uuid and rehearsed_from is null`)

type RehearsedRow = {
  step: number
  rule: NightlyRule
  opened: number
  confirmed: number
  no_fault_found: number
}

/**
 * What each discovery rate would have opened, with what was found later where it is. What was found counts
 * for the last flag before it: a fault that came and went would else be right several times with one visit.
 */
export const rehearsedCounts = (db: Db, since: Day) =>
  db.query<RehearsedRow>(sql`
  select step, rule, count(*)::int as opened, (count(*) filter (where is_right))::int as confirmed,
         (count(*) filter (where not is_right and is_wrong))::int as no_fault_found
    from (
      select r.step, r.rule,
             coalesce(bool_or(n.outcome = any(${right}::text[])), false) as is_right,
             coalesce(bool_or(n.outcome = 'no_fault_found'), false) as is_wrong
        from (select *, lead(opened_on) over (partition by step, rule, terminal_id order by opened_on)
                          as again_on
                from rehearsed_flag where org_id = ${ownOrg}) r
        left join finding n on n.org_id = r.org_id and n.terminal_id = r.terminal_id and n.rule = r.rule
         and n.found_at >= r.opened_on
         and n.found_at < least(r.opened_on + ${confirmedWithinDays}::int, r.again_on)
       where r.opened_on >= ${since}::date
       group by r.opened_on, r.step, r.rule, r.terminal_id) o
   group by 1, 2`)

/** The discovery rate that a rule has now. */
type InForce = { rule: NightlyRule; step: number }

/** Open flags that the rate in force has opened, by other rates that would not have. */
export const missingCounts = (db: Db, { since, inForce }: { since: Day; inForce: readonly InForce[] }) =>
  db.query<{ step: number; rule: NightlyRule; missing: number }>(sql`
  with opened as (
    select distinct step, rule, terminal_id
      from rehearsed_flag
     where org_id = ${ownOrg} and opened_on >= ${since}::date)
  select s.step, f.rule, count(*)::int as missing
    from jsonb_to_recordset(${JSON.stringify(inForce)}::jsonb) as g (rule text, step smallint)
    join opened o on o.rule = g.rule and o.step = g.step
    join flag f on f.org_id = ${ownOrg} and f.rule = o.rule and f.terminal_id = o.terminal_id
     and f.status = 'open'
   cross join generate_series(0, ${discoveryRates.length - 1}::int) as s (step)
   where not exists (select from opened x
                      where x.step = s.step and x.rule = o.rule and x.terminal_id = o.terminal_id)
   group by 1, 2`)

export type Tightening = { rule: NightlyRule; tightened_at: Date; undone_at: Date | null }

export const tighteningRows = (db: Db, orgId: string) =>
  db.query<Tightening>(sql`
  select rule, tightened_at, undone_at from rule_tightening where org_id = ${orgId}::uuid`)

type Rules = { orgId: string; rules: readonly NightlyRule[]; at: Date }

export const insertTightenings = (db: Db, { orgId, rules, at }: Rules) =>
  db.query(sql`
  insert into rule_tightening (org_id, rule, tightened_at)
  select ${orgId}::uuid, rule, ${at}::timestamptz from unnest(${[...rules]}::text[]) as rule
  on conflict (org_id, rule) do update set tightened_at = excluded.tightened_at, undone_at = null`)

/** No row if the rule was never tightened. */
export const undoTightening = (db: Db, { rule, now }: { rule: NightlyRule; now: Date }) =>
  db.query<{ is_new: boolean }>(sql`
  update rule_tightening set undone_at = coalesce(undone_at, ${now}::timestamptz)
   where org_id = ${ownOrg} and rule = ${rule}
  returning undone_at = ${now}::timestamptz as is_new`)

/** What was found at the flags of each rule in a year, or since somebody undid its tightening. */
export const findingsOfYear = (db: Db, { orgId, at }: { orgId: string; at: Date }) =>
  db.query<{ rule: RuleName } & Looked>(sql`
  select n.rule, count(*)::int as findings,
         (count(*) filter (where n.outcome = 'no_fault_found'))::int as "noFaultFound"
    from finding n
    left join rule_tightening g on g.org_id = n.org_id and g.rule = n.rule
   where n.org_id = ${orgId}::uuid and n.found_at > ${at}::timestamptz - interval '1 year'
     and n.found_at <= ${at}::timestamptz and (g.undone_at is null or n.found_at > g.undone_at)
   group by 1`)
