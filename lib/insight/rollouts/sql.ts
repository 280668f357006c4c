import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { within } from "@/lib/fleet/catalogue/within"
import { reportedVersions, versionColumns } from "@/lib/fleet/releases/reported-versions"
import { isOpenStore } from "@/lib/fleet/stores/open-store"
import type { Course } from "@/lib/insight/rollouts/schemas"

/** The column of `terminal_day d` with a component's version. */
const dayVersions: Record<Component, Sql> = {
  os: sql`d.os_release`,
  firmware: sql`d.firmware_release`,
  app: sql`d.app_release`,
  emvKernel: sql`d.emv_kernel_release`,
  securityPatch: sql`d.security_patch_release`,
}

type Of = {
  component: Component
  version: string
  model: number | null
  today: string
  stores: readonly number[] | null
}

export type StoreRow = {
  store_id: number
  label: string | null
  first_on: string
  terminals: number
} & Record<`${"updated" | "other"}_${"before" | "after"}`, { attempts: number; failures: number }>

/** A rollout that began earlier is not looked at any more. */
const rolloutDays = 60
const effectDays = 14

const tally = (condition: Sql) => sql`
  jsonb_build_object('attempts', coalesce(sum(d.presentments) filter (where ${condition}), 0),
                     'failures', coalesce(sum(d.failures) filter (where ${condition}), 0))`

/** Whether terminal `seen` got the release after another version. One that came with it tells nothing. */
const isUpdated = sql`seen.other_on < seen.first_on`

/**
 * The stores that got a release in the last days, with their terminals' sales around that day. The
 * day itself is left out. Days are joined by their terminals, of which a limited reader has few.
 */
export const ringStores = (db: Db, { component, version, model, today, stores }: Of) => {
  const running = dayVersions[component]
  const ofModel = model === null ? empty : sql`and d.model_id = ${model}::bigint`
  const isRecent = sql`d.day > ${today}::date - ${rolloutDays}::int ${ofModel}`
  const isBefore = sql`d.day < b.begun and ${running} is distinct from ${version}`
  const isAfter = sql`d.day > b.begun`
  const bounds = sql`
    d.org_id = ${ownOrg} and d.day > ${today}::date - ${rolloutDays + effectDays}::int
    and d.day <= ${today}::date + 1`
  return db.query<StoreRow>(sql`
  with seen as materialized (
    select d.terminal_id, d.store_id,
           min(d.day) filter (where ${isRecent} and ${running} = ${version}) as first_on,
           min(d.day) filter (where ${isRecent} and ${running} <> ${version}) as other_on
      from terminal_day d
     where ${bounds} ${within(sql`d.terminal_id`, stores)}
     group by 1, 2),
  ring as materialized (
    select seen.store_id, min(seen.first_on) as first_on, count(*)::int as terminals, min(l.label) as label
      from seen
      left join (select t.id, min(label) as label
                   from terminal t cross join unnest(t.labels) label
                  where t.org_id = ${ownOrg} and label like 'ring:%' ${within(sql`t.id`, stores)}
                  group by 1) l on l.id = seen.terminal_id
     where ${isUpdated}
     group by 1),
  -- Of a terminal without the release, the day on which its store got it.
  begun as materialized (
    select seen.terminal_id, ring.*, seen.first_on is null as is_other,
           coalesce(seen.first_on, ring.first_on) as begun
      from seen
      join ring on ring.store_id = seen.store_id
     where seen.first_on is null or ${isUpdated})
  select b.store_id, b.label, b.first_on, b.terminals,
         ${tally(sql`not b.is_other and ${isBefore}`)} as updated_before,
         ${tally(sql`not b.is_other and ${isAfter}`)} as updated_after,
         ${tally(sql`b.is_other and ${isBefore}`)} as other_before,
         ${tally(sql`b.is_other and ${isAfter}`)} as other_after
    from begun b
    join terminal_day d on d.terminal_id = b.terminal_id and d.store_id = b.store_id
   where ${bounds} and d.day >= b.begun - ${effectDays}::int and d.day <= b.begun + ${effectDays}::int
   group by 1, 2, 3, 4
   order by b.first_on, b.store_id`)
}

type Stuck = {
  component: Component
  older: readonly string[]
  model: number | null
  stores: readonly number[]
}

type StuckRow = { id: number; serial: string; store_id: number; store_name: string; version: string }

/** Active terminals in these stores that sent a heartbeat within a day, with one of the older versions. */
const stuck = ({ component, older, model, stores }: Stuck) => sql`
    from terminal_store p
    join store s on s.id = p.store_id
    join terminal t on t.id = p.terminal_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_state st on st.terminal_id = t.id
   where p.store_id = any(${[...stores]}::bigint[]) and p.to_at is null and ${isOpenStore}
     and ${versionColumns[component]} = any(${[...older]}::text[])
     and st.last_beat_at > now() - interval '1 day'
     ${model === null ? empty : sql`and t.model_id = ${model}::bigint`}`

export const stuckTerminals = (db: Db, of: Stuck, most: number) =>
  db.query<StuckRow>(sql`
  select t.id, t.serial, s.id as store_id, s.name as store_name, ${versionColumns[of.component]} as version
  ${stuck(of)}
   order by s.name, t.serial, t.id
   limit ${most}::int`)

export type Followed = { component: Component; version: string; model: number | null }

const isOf = ({ component, version, model }: Followed): Sql => sql`
  component = ${component} and version = ${version} and model_id = ${model ?? 0}::bigint`

/** The course of the whole organisation that the worker has worked out since then. */
export const keptCourse = (db: Db, { since, ...of }: Followed & { since: Date }) =>
  db.query<{ course: Course }>(sql`
  select course from rollout_course
   where org_id = ${ownOrg} and ${isOf(of)} and computed_at > ${since}::timestamptz`)

export const largeOrganisations = (db: Db, fewest: number) =>
  db.query<{ id: string }>(sql`
  select org_id as id from terminal group by 1 having count(*) >= ${fewest}::int order by 1`)

/** Releases that terminals run now, and whose course was not worked out since then. */
export const dueReleases = (db: Db, { since, limit }: { since: Date; limit: number }) =>
  db.query<Followed>(sql`
  with reported as materialized (
    select distinct reported.component, reported.version
      from (select distinct st.os, st.firmware, st.app, st.emv_kernel, st.security_patch
              from terminal_state st
             where st.org_id = ${ownOrg}) st
     cross join lateral ${reportedVersions})
  select r.component, r.version, r.model_id as model
    from release r
    join reported using (component, version)
    left join (select org_id, component, version, model_id from rollout_course
                where computed_at > ${since}::timestamptz) c
           on c.org_id = r.org_id and c.component = r.component and c.version = r.version
          and c.model_id = coalesce(r.model_id, 0)
   where r.org_id = ${ownOrg} and c.org_id is null
   order by r.id
   limit ${limit}::int`)

type Writing = Followed & { orgId: string; course: Course; now: Date }

export const writeCourse = (db: Db, { orgId, component, version, model, course, now }: Writing) =>
  db.query(sql`
  insert into rollout_course (org_id, component, version, model_id, course, computed_at)
  values (${orgId}::uuid, ${component}, ${version}, ${model ?? 0}::bigint, ${JSON.stringify(course)}::jsonb,
          ${now}::timestamptz)
  on conflict (org_id, component, version, model_id) do update
     set course = excluded.course, computed_at = excluded.computed_at`)

/** Deletes the courses of releases that no terminal runs any more. */
export const deleteCourses = (db: Db, before: Date) =>
  db.query(sql`delete from rollout_course where computed_at < ${before}::timestamptz`)

/** How many there are. A count beside the list would make each node of a cluster send all of them. */
export const countStuck = (db: Db, of: Stuck) =>
  db.query<{ count: number }>(sql`select count(*)::int as count ${stuck(of)}`)
