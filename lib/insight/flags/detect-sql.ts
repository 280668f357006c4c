import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { useEndOfTerminal } from "@/lib/fleet/approvals/use-end"
import type { PolicyDraft } from "@/lib/fleet/releases/schemas"
import type { KnownRelease } from "@/lib/fleet/releases/shortfalls"
import type { CoordinateSystem } from "@/lib/fleet/stores/words"
import type { OnlineState, TerminalMode, TerminalStatus } from "@/lib/fleet/terminals/words"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import type { Look } from "@/lib/insight/flags/evaluate-terminals"
import type { Reason } from "@/lib/insight/flags/schemas"
import { isOfStore } from "@/lib/insight/flags/signal-of-store"
import { urgencyOf, type FlagKind, type RuleName } from "@/lib/insight/flags/words"
import { bornOn } from "@/lib/insight/replacement/confirmed-failures"
import { weekColumns, withWeeks, type WeekRow } from "@/lib/insight/silence/week-row"
import type { Trends } from "@/lib/insight/trends/signals"

type Rules = { rules: readonly RuleName[] }

const isUnsettled = ({ rules }: Rules) => sql`
  (status = 'candidate' or (status = 'open' and clear_runs > 0)) and rule = any(${[...rules]}::text[])`

/** All organisations: whether they have flags that wait for another evaluation. */
export const organisationsAt = (db: Db, { rules }: Rules) =>
  db.query<{ id: string; is_unsettled: boolean }>(sql`
  select o.id,
         exists (select from flag where org_id = o.id and ${isUnsettled({ rules })}) as is_unsettled
    from organisation o order by o.id`)

/** Which of these organisations have terminals to look at. Only those are read. */
export const withDueTerminals = (db: Db, { orgIds, now }: { orgIds: readonly string[]; now: Date }) =>
  db.query<{ id: string }>(sql`
  select org_id as id from terminal_state
   where org_id = any(${[...orgIds]}::uuid[]) and next_look_at <= ${now}::timestamptz
   group by 1`)

type Chosen = Rules & { orgId: string; now: Date }

/** The terminals to look at: those that are due, and those of unsettled flags. */
export const terminalsToLookAt = (db: Db, { orgId, now, rules }: Chosen) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_state
   where org_id = ${orgId}::uuid and next_look_at <= ${now}::timestamptz
  union
  select terminal_id from flag
   where org_id = ${orgId}::uuid and ${isUnsettled({ rules })} and evaluated_at < ${now}::timestamptz
     and terminal_id is not null
   order by 1`)

export type FactRow = {
  terminal_id: number
  status: TerminalStatus
  store_id: number
  region_id: number | null
  merchant_id: number | null
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: string | null
  last_beat_at: Date | null
  last_received_at: Date | null
  learnt_interval_seconds: number | null
  online_state: OnlineState
  /** As text, with microseconds, which a Date does not have. Writing compares it. */
  look_at: string | null
  is_recovering: boolean
  flaps: number
  flapped_at: Date | null
  pinpad_ok: boolean | null
  reader_ok: boolean | null
  security_ok: boolean | null
  tamper: boolean | null
  os: string | null
  firmware: string | null
  app: string | null
  emv_kernel: string | null
  security_patch: string | null
  storage_used_pct: number | null
  battery_health_pct: number | null
  printer_status: string | null
  trends: Trends | null
  signal_dbm: number | null
  signal_drop_db: number | null
  offline_sales: number | null
  offline_amount_minor: number | null
  offline_oldest_at: Date | null
  offline_hours: number | null
  currency: string | null
  clock_offset_ms: number
  mode: TerminalMode | null
  batch_opened_at: Date | null
  latitude: number | null
  longitude: number | null
  last_sale_at: Date | null
  status_since: Date
  created_at: Date
  model_id: number | null
  model_name: string | null
  use_end_on: string | null
  born_on: string
  warranty_until: string | null
} & WeekRow

/** Terminals with their stores, models and states. Of new fleets plans begin with all stays without `any`. */
export const readFacts = (db: Db, ids: readonly number[]) =>
  db.query<FactRow>(sql`
  select t.id as terminal_id, u.status, s.id as store_id, s.region_id, s.merchant_id, s.time_zone,
         s.opening_hours, s.hours_exceptions, s.closed_on,
         st.last_beat_at, st.last_received_at, st.learnt_interval_seconds, st.online_state,
         st.next_look_at::text as look_at, st.is_recovering, st.flaps, st.flapped_at,
         st.pinpad_ok, st.reader_ok, st.security_ok, st.tamper, st.os, st.firmware, st.app, st.emv_kernel,
         st.security_patch, st.storage_used_pct, st.battery_health_pct, st.printer_status, st.last_sale_at,
         wear.trends, wear.signal_dbm,
         case when ${isOfStore} then wear.signal_drop_db end as signal_drop_db,
         case when t.merged_into is null then st.offline_sales end as offline_sales, st.offline_amount_minor,
         st.offline_oldest_at, n.offline_hours, n.currency, st.clock_offset_ms, st.mode, st.batch_opened_at,
         s.latitude, s.longitude, u.from_at as status_since, t.created_at, m.id as model_id,
         m.name as model_name, due.use_end_on, ${bornOn} as born_on, t.warranty_until, ${weekColumns}
    from terminal_state st
    join terminal t on t.id = st.terminal_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
     and u.terminal_id = any(${[...ids]}::bigint[])
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
     and p.terminal_id = any(${[...ids]}::bigint[])
    join store s on s.id = p.store_id
    left join terminal_model m on m.id = t.model_id
    left join terminal_wear wear on wear.terminal_id = st.terminal_id
    left join (select x.terminal_id, min(q.offline_hours) as offline_hours, min(q.currency) as currency
                 from terminal_tid d join acquirer q on q.id = d.acquirer_id
                 join terminal_state x on x.terminal_id = d.terminal_id
                where x.terminal_id = any(${[...ids]}::bigint[]) and coalesce(to_at > offline_oldest_at, true)
                group by 1) n on n.terminal_id = st.terminal_id
    join (select t.id, ${useEndOfTerminal} as use_end_on from terminal t
           where t.id = any(${[...ids]}::bigint[])) due on due.id = t.id
    ${withWeeks}
   where st.terminal_id = any(${[...ids]}::bigint[])`)

/** The times of the last four heartbeats of terminals, in order. */
export const lastBeats = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; beats: Date[] }>(sql`
  select terminal_id as id, recent_beats[greatest(1, cardinality(recent_beats) - 3):] as beats
    from terminal_tail where terminal_id = any(${[...ids]}::bigint[])`)

type FixRow = {
  id: number
  lat: number
  lon: number
  coordinates: CoordinateSystem
  accuracy_m: number | null
}

/** The last positions of terminals at their stores in the hours before `now`, the oldest first. */
export const lastFixes = (db: Db, { ids, now, most }: { ids: readonly number[]; now: Date; most: number }) =>
  db.query<FixRow>(sql`
  select id, lat, lon, coordinates, accuracy_m
    from (select b.terminal_id as id, b.at, b.lat, b.lon, coalesce(b.coordinates, 'wgs84') as coordinates,
                 b.position_accuracy_m as accuracy_m,
                 row_number() over (partition by b.terminal_id order by b.at desc) as place
            from heartbeat b
            join terminal_store p on p.terminal_id = b.terminal_id and p.to_at is null and b.at >= p.from_at
           where b.terminal_id = any(${[...ids]}::bigint[]) and b.lat is not null and b.lon is not null
             and b.at > ${now}::timestamptz - interval '6 hours' and b.at <= ${now}::timestamptz) newest
   where place <= ${most}::int
   order by id, place desc`)

export const readPolicies = (db: Db, orgId: string) =>
  db.query<PolicyDraft>(sql`
  select model_id as model, component, minimum_version as "minimumVersion",
         most_lines_behind as "mostLinesBehind", max_age_days as "maxAgeDays", due_on as "dueOn"
    from release_policy
   where org_id = ${orgId}::uuid
   order by id`)

/** What release lines are counted by, if a policy does. */
export const readReleases = (db: Db, orgId: string) =>
  db.query<KnownRelease>(sql`
  select model_id as model, component, version, released_on as "releasedOn"
    from release
   where org_id = ${orgId}::uuid and exists (
     select from release_policy p where p.org_id = ${orgId}::uuid and p.most_lines_behind is not null)
   order by id`)

/** Whether the organisation had a sale on a day of the last week. */
export const hadSales = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query<{ had_sales: boolean }>(sql`
  select exists (select 1 from place_day
    where org_id = ${orgId}::uuid and store_id = 0 and presentments > 0
      and day >= (${now}::timestamptz at time zone 'UTC')::date - 7) as had_sales`)

export type LiveRow = {
  id: number
  rule: RuleName
  kind: FlagKind
  subject: string
  terminal_id: number | null
  store_id: number | null
  status: "candidate" | "open"
  since_at: Date
  opened_at: Date | null
  evaluated_at: Date
  reasons: Reason[]
  hold_runs: number
  clear_runs: number
}

export const liveFlags = (db: Db, { ids, rules }: Rules & { ids: readonly number[] }) =>
  db.query<LiveRow>(sql`
  select id, rule, kind, subject, terminal_id, store_id, status, since_at, opened_at, evaluated_at, reasons,
         hold_runs, clear_runs
    from flag
   where terminal_id = any(${[...ids]}::bigint[]) and status <> 'closed'
     and rule = any(${[...rules]}::text[])`)

/** A look with the time of the next one as it was read, as text. */
export type NewLook = Look & { lookAt: string | null }

const given = (looks: readonly NewLook[]): Sql => sql`
  unnest(${looks.map((look) => look.terminalId)}::bigint[],
         ${looks.map((look) => look.lookAt)}::timestamptz[],
         ${looks.map((look) => iso(look.nextLookAt))}::timestamptz[],
         ${looks.map((look) => look.isRecovering)}::boolean[])
    as given (id, look_at, next_at, is_recovering)`

/**
 * Writes when terminals are looked at again, if nothing has changed since they were read. Those that changed
 * are due again. Returns the terminals written.
 */
export const writeLooks = (db: Db, looks: readonly NewLook[]) =>
  db.query<{ id: number }>(sql`
  update terminal_state st
     set next_look_at = given.next_at, is_recovering = given.is_recovering
    from ${given(looks)}
   where st.terminal_id = given.id and st.next_look_at is not distinct from given.look_at
  returning st.terminal_id as id`)

/** Those of these terminals about which nothing has changed since they were read. */
export const unchangedSince = (db: Db, looks: readonly NewLook[]) =>
  db.query<{ id: number }>(sql`
  select st.terminal_id as id
    from terminal_state st
    join ${given(looks)} on given.id = st.terminal_id
   where st.next_look_at is not distinct from given.look_at`)

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

const givenFlags = (flags: LiveFlag[]) => {
  const rows = JSON.stringify(
    flags.map((flag) => ({
      id: flag.id,
      rule: flag.rule,
      kind: flag.kind,
      subject: flag.subject,
      terminal_id: flag.terminalId,
      store_id: flag.storeId,
      status: flag.status,
      since_at: iso(flag.sinceAt),
      opened_at: iso(flag.openedAt),
      closed_at: iso(flag.closedAt),
      urgency: urgencyOf(flag),
      evaluated_at: iso(flag.evaluatedAt),
      reasons: flag.reasons,
      hold_runs: flag.holdRuns,
      clear_runs: flag.clearRuns,
    })),
  )
  return sql`jsonb_to_recordset(${rows}::jsonb) as g (id bigint, rule text, kind text, urgency int,
    subject text, terminal_id bigint, store_id bigint, status text, since_at timestamptz,
    opened_at timestamptz, closed_at timestamptz, evaluated_at timestamptz, reasons jsonb, hold_runs int,
    clear_runs int)`
}

/** Leaves those as they are that somebody has closed since they were read. */
export const updateFlags = (db: Db, flags: LiveFlag[]) =>
  db.query(sql`
    update flag f
       set kind = g.kind, urgency = g.urgency, store_id = g.store_id, status = g.status,
           since_at = g.since_at,
           opened_at = g.opened_at, closed_at = g.closed_at, evaluated_at = g.evaluated_at,
           reasons = g.reasons, hold_runs = g.hold_runs, clear_runs = g.clear_runs
      from ${givenFlags(flags)}
     where f.id = g.id and f.status <> 'closed'`)

export const insertFlags = (db: Db, orgId: string, flags: LiveFlag[]) =>
  db.query(sql`
    insert into flag (org_id, rule, kind, urgency, subject, terminal_id, store_id, status, since_at,
      evaluated_at, reasons, hold_runs, clear_runs)
    select ${orgId}::uuid, g.rule, g.kind, g.urgency, g.subject, g.terminal_id, g.store_id, g.status,
           g.since_at, g.evaluated_at, g.reasons, g.hold_runs, g.clear_runs
      from ${givenFlags(flags)}
    on conflict (org_id, rule, subject) where status <> 'closed' do nothing`)

/** Open flags are muted while their terminal is in maintenance. Returns whose flags changed. */
export const muteFlags = (db: Db, looks: readonly Look[]) =>
  db.query<{ id: number }>(sql`update flag f set muted_until = g.until
      from unnest(${looks.map((look) => look.terminalId)}::bigint[],
                  ${looks.map((look) => iso(look.mutedUntil))}::timestamptz[]) as g (id, until)
     where f.terminal_id = g.id and f.status = 'open' and f.muted_until is distinct from g.until
    returning g.id`)

export const deleteFlags = (db: Db, ids: number[]) =>
  db.query(sql`delete from flag where id = any(${ids}::bigint[])`)
