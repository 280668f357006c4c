import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { countedVersions, evaluatedVersions, reportedVersions } from "@/lib/fleet/releases/reported-versions"
import type { Policy, PolicyDraft, Release, ReleaseDraft, SeenRelease } from "@/lib/fleet/releases/schemas"

/** All releases, or the one with this id. */
export const releases = (db: Db, id: number | null = null) =>
  db.query<Release>(sql`
  select r.id, r.component, r.version, r.model_id as model, m.name as "modelName",
         r.released_on as "releasedOn", r.support_end_on as "supportEndOn",
         r.source, r.checked_on as "checkedOn", r.note
    from release r
    left join terminal_model m on m.id = r.model_id
   where ${id}::bigint is null or r.id = ${id}::bigint
   order by r.id
   limit 5000`)

export type Reported = { component: Component; version: string; model: number | null; terminals: number }

/** The versions that terminals run now, by model. */
export const reportedReleases = (db: Db, stores: readonly number[] | null) =>
  db.query<Reported>(sql`
  select reported.component, reported.version, st.model_id as model, sum(st.terminals)::bigint as terminals
    from ${countedVersions(stores)}
   cross join lateral ${reportedVersions}
   where reported.version is not null
   group by 1, 2, 3`)

export type Evaluated = Reported & { zone: string }

/** The versions that policies are about, by model and by the time zone that says which day it is. */
export const evaluatedReleases = (db: Db, stores: readonly number[] | null) =>
  db.query<Evaluated>(sql`
  select reported.component, reported.version, st.model_id as model, st.zone,
         sum(st.terminals)::bigint as terminals
    from ${evaluatedVersions(sql`t.model_id`, stores)}
   cross join lateral ${reportedVersions}
   where reported.version is not null
   group by 1, 2, 3, 4`)

/** What was reported, each with its release. A release of the model comes before one of all models. */
export const seenReleases = (db: Db, reported: readonly Reported[]) =>
  db.query<SeenRelease & { releaseId: number | null; supportEndOn: string | null }>(sql`
  select seen.component, seen.version, seen.model, m.name as "modelName", seen.terminals,
         r.id as "releaseId", r.support_end_on as "supportEndOn"
    from jsonb_to_recordset(${JSON.stringify(reported)}::jsonb)
      as seen (component text, version text, model bigint, terminals bigint)
    left join terminal_model m on m.id = seen.model
    left join lateral (
      select r.id, r.support_end_on
        from release r
       where r.component = seen.component and r.version = seen.version
         and (r.model_id is null or r.model_id = seen.model)
       order by r.model_id is null
       limit 1) r on true
   order by seen.terminals desc
   limit 5000`)

export const insertRelease = (db: Db, orgId: string, draft: ReleaseDraft) =>
  db.query<{ id: number }>(sql`
  insert into release (org_id, component, version, model_id, released_on, support_end_on, source, checked_on,
    note)
  values (${orgId}::uuid, ${draft.component}, ${draft.version}, ${draft.model}, ${draft.releasedOn}::date,
    ${draft.supportEndOn}::date, ${draft.source},
          ${draft.checkedOn}::date, ${draft.note})
  returning id`)

export const updateRelease = (db: Db, id: number, draft: ReleaseDraft) =>
  db.query(sql`
  update release
     set component = ${draft.component}, version = ${draft.version}, model_id = ${draft.model}::bigint,
         released_on = ${draft.releasedOn}::date,
         support_end_on = ${draft.supportEndOn}::date, source = ${draft.source},
         checked_on = ${draft.checkedOn}::date, note = ${draft.note}
   where id = ${id}::bigint`)

export const deleteRelease = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from release where id = ${id}::bigint returning id`)

/** All policies, or the one with this id. */
export const policies = (db: Db, id: number | null = null) =>
  db.query<Policy>(sql`
  select p.id, p.component, p.minimum_version as "minimumVersion",
         p.most_lines_behind as "mostLinesBehind", p.max_age_days as "maxAgeDays", p.model_id as model,
         m.name as "modelName", p.due_on as "dueOn"
    from release_policy p
    left join terminal_model m on m.id = p.model_id
   where ${id}::bigint is null or p.id = ${id}::bigint
   order by p.component, m.name nulls first, p.id
   limit 5000`)

export const insertPolicy = (db: Db, orgId: string, draft: PolicyDraft) =>
  db.query<{ id: number }>(sql`
  insert into release_policy (org_id, component, minimum_version, most_lines_behind, max_age_days, model_id,
    due_on)
  values (${orgId}::uuid, ${draft.component}, ${draft.minimumVersion}, ${draft.mostLinesBehind}::int,
    ${draft.maxAgeDays}::int, ${draft.model}::bigint, ${draft.dueOn}::date)
  returning id`)

export const updatePolicy = (db: Db, id: number, draft: PolicyDraft) =>
  db.query(sql`
  update release_policy
     set component = ${draft.component}, minimum_version = ${draft.minimumVersion},
         most_lines_behind = ${draft.mostLinesBehind}::int, max_age_days = ${draft.maxAgeDays}::int,
         model_id = ${draft.model}::bigint, due_on = ${draft.dueOn}::date
   where id = ${id}::bigint`)

export const deletePolicy = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from release_policy where id = ${id}::bigint returning id`)
