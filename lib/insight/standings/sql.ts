import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"

/** All organisations, with those whose standings are a minute old. */
export const organisationsAt = (db: Db, { now }: { now: Date }) =>
  db.query<{ id: string; is_old: boolean }>(sql`
  select id, coalesce(standings_at < ${now}::timestamptz - interval '1 minute', true) as is_old
    from organisation order by id`)

type Among = { orgIds: readonly string[] }

/** Which of these organisations have terminals whose days have changed. */
export const withChanges = (db: Db, { orgIds }: Among) =>
  db.query<{ id: string }>(sql`
  select org_id as id from standing_change where org_id = any(${[...orgIds]}::uuid[]) group by 1`)

/** Which of these organisations have terminals that are due. */
export const withDueTerminals = (db: Db, { orgIds, now }: Among & { now: Date }) =>
  db.query<{ id: string }>(sql`
  select org_id as id from terminal_standing
   where org_id = any(${[...orgIds]}::uuid[]) and until_at <= ${now}::timestamptz
   group by 1`)

type Slice = { orgId: string; limit: number }

/** Some terminals whose days have changed. */
export const changedTerminals = (db: Db, { orgId, limit }: Slice) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from standing_change
   where org_id = ${orgId}::uuid
   group by 1
   order by 1
   limit ${limit}::int`)

/** Some terminals that were never ranked, or not for the store's day that has begun. */
export const dueTerminals = (db: Db, { orgId, now, limit }: Slice & { now: Date }) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_standing
   where org_id = ${orgId}::uuid and until_at <= ${now}::timestamptz
   order by until_at
   limit ${limit}::int`)

/** Takes the notes of these terminals. What is read afterwards has their changes. */
export const takeChanges = (db: Db, { orgId, ids }: { orgId: string; ids: readonly number[] }) =>
  db.query(sql`
  delete from standing_change where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[])`)

/** The time zones of the terminals' stores. */
export const zonesOf = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; zone: string }>(sql`
  select p.terminal_id as id, s.time_zone as zone
    from terminal_store p
    join store s on s.id = p.store_id
   where p.terminal_id = any(${[...ids]}::bigint[]) and p.to_at is null`)

/** Until when these terminals are ranked: as text, with microseconds. Writing compares it. */
export const endsOf = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; until: string }>(sql`
  select terminal_id as id, until_at::text as until
    from terminal_standing where terminal_id = any(${[...ids]}::bigint[])`)

type Week = { orgId: string; ids: readonly number[]; first: Day; last: Day }

/** Sales and failed ones of these terminals, from the first to the last day. */
export const salesOf = (db: Db, { orgId, ids, first, last }: Week) =>
  db.query<{ id: number; attempts: number; failures: number }>(sql`
  select terminal_id as id, sum(presentments)::int as attempts, sum(failures)::int as failures
    from terminal_day
   where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[])
     and day >= ${first}::date and day <= ${last}::date
   group by 1`)

export type Standing = { id: number; worst: number; best: number; until: Date }

/** In the order in which `makeDue` locks rows. */
const inOrder = <One extends { id: number }>(rows: readonly One[]) => rows.toSorted((a, b) => a.id - b.id)

/** Writes the ranks that are others, of terminals that did not become due since `before` was read. */
export const writeStandings = (db: Db, given: readonly (Standing & { before: string })[]) => {
  const standings = inOrder(given)
  return db.query<{ id: number }>(sql`
  update terminal_standing x
     set worst_rank = given.worst, best_rank = given.best, until_at = given.until
    from unnest(${standings.map(({ id }) => id)}::bigint[],
                ${standings.map(({ before }) => before)}::timestamptz[],
                ${standings.map(({ worst }) => worst)}::smallint[],
                ${standings.map(({ best }) => best)}::smallint[],
                ${standings.map(({ until }) => until)}::timestamptz[])
           as given (id, before, worst, best, until)
   where x.terminal_id = given.id and x.until_at = given.before
     and (x.worst_rank, x.best_rank, x.until_at) is distinct from (given.worst, given.best, given.until)
  returning x.terminal_id as id`)
}

/** Notes that all terminals of an organisation are ranked as of `now`. */
export const noteRanked = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query(sql`update organisation set standings_at = ${now}::timestamptz where id = ${orgId}::uuid`)

/**
 * Makes terminals due to be ranked. A new terminal gets its row. The time is that of the transaction, so that
 * a round which has read the terminal before does not write it.
 */
export const makeDue = (db: Db, ids: readonly number[]) =>
  db.query(sql`
  insert into terminal_standing (terminal_id, org_id, until_at)
  select id, org_id, now() - interval '7 days'
    from terminal where id = any(${[...ids]}::bigint[]) order by id
  on conflict (terminal_id) do update set until_at = excluded.until_at`)

/** Which of these terminals have a standing. */
export const withStanding = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_standing where terminal_id = any(${[...ids]}::bigint[])`)

type At = { ids: readonly number[]; now: Date }

const quietUntil = sql`greatest(snoozed_until, muted_until)`

/** How many open flags that are not quiet each of these terminals has. Those without any are left out. */
export const openFlagsOf = (db: Db, { ids, now }: At) =>
  db.query<{ id: number; flags: number }>(sql`
  select terminal_id as id, count(*)::int as flags
    from flag
   where terminal_id = any(${[...ids]}::bigint[]) and status = 'open'
     and coalesce(${quietUntil} <= ${now}::timestamptz, true)
   group by 1`)

/** When the first of their snoozed and muted flags counts again, of the terminals that have any. */
export const quietEnds = (db: Db, { ids, now }: At) =>
  db.query<{ id: number; until: Date }>(sql`
  select terminal_id as id, min(${quietUntil}) as until
    from flag
   where terminal_id = any(${[...ids]}::bigint[]) and status = 'open'
     and ${quietUntil} > ${now}::timestamptz
   group by 1`)

type Counted = { id: number; flags: number }

export const writeOpenFlags = (db: Db, given: readonly Counted[]) => {
  const counted = inOrder(given)
  return db.query(sql`
  update terminal_standing x
     set open_flags = given.flags
    from unnest(${counted.map(({ id }) => id)}::bigint[], ${counted.map(({ flags }) => flags)}::int[])
           as given (id, flags)
   where x.terminal_id = given.id and x.open_flags <> given.flags`)
}

/** Some terminals in order. */
export const terminalsAfter = (db: Db, { orgId, after, limit }: Slice & { after: number }) =>
  db.query<{ id: number }>(sql`
  select id from terminal
   where org_id = ${orgId}::uuid and id > ${after}::bigint order by id limit ${limit}::int`)

type Some = { orgId: string; now: Date; ids: readonly number[] }

/** Which of these terminals the states round has looked at, with which they get their standing. */
export const lookedAt = (db: Db, { orgId, now, ids }: Some) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_state
   where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[])
     and (next_state_at is null or next_state_at > ${now}::timestamptz)`)

export type Stored = { id: number; worst: number; best: number; flags: number }

/** Stored standings of these terminals in order, without those that wait to be ranked again. */
export const storedStandings = (db: Db, { orgId, now, ids }: Some) =>
  db.query<Stored>(sql`
  select x.terminal_id as id, x.worst_rank as worst, x.best_rank as best, x.open_flags as flags
    from terminal_standing x
   where x.org_id = ${orgId}::uuid and x.terminal_id = any(${[...ids]}::bigint[])
     and x.until_at > ${now}::timestamptz
     and not exists (
       select 1 from standing_change c where c.org_id = x.org_id and c.terminal_id = x.terminal_id)
   order by x.terminal_id`)

export const organisations = (db: Db, orgId: string | null) =>
  db.query<{ id: string; name: string }>(sql`
  select id, name from organisation where ${orgId}::uuid is null or id = ${orgId}::uuid order by name`)
