import sql, { empty, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { statesOf } from "@/lib/base/db/states-of"
import type { Db } from "@/lib/base/db/transaction"
import type { Key, ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import { useEndOfTerminal } from "@/lib/fleet/approvals/use-end"
import { defaultIntervalSeconds } from "@/lib/fleet/terminals/interval"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import type { Policy } from "@/lib/insight/flags/facts"
import type { FlagQuery, Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, FlagSort, RuleName } from "@/lib/insight/flags/words"

export const allOrganisations = (db: Db) =>
  db.query<{ id: string }>(sql`select id from organisation order by id`)

export const tryDetectLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`
  select pg_try_advisory_xact_lock(hashtextextended('detect:' || ${orgId}, 0)) as locked`)

export type FactRow = {
  terminal_id: number
  status: TerminalStatus
  store_id: number
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: string | null
  last_beat_at: Date | null
  last_received_at: Date | null
  /** `last_received_at` with microseconds, which a Date does not have. */
  received: string | null
  learnt_interval_seconds: number | null
  online_state: OnlineState | null
  normal_gaps: number
  pinpad_ok: boolean | null
  reader_ok: boolean | null
  security_ok: boolean | null
  tamper: boolean | null
  os: string | null
  firmware: string | null
  app: string | null
  emv_kernel: string | null
  security_patch: string | null
  model_id: number | null
  model_name: string | null
  use_end_on: string | null
}

/** Every terminal with its store, model and state, and the newest heartbeats of those flagged as silent. */
export const readFacts = (db: Db, orgId: string) =>
  db.query<FactRow>(factsWhere(sql`t.org_id = ${orgId}::uuid`))

/** The terminals of `known` whose heartbeats were folded since they were read. */
export const readChangedFacts = (db: Db, orgId: string, known: FactRow[]) => {
  const [ids, received] = [known.map((row) => row.terminal_id), known.map((row) => row.received)]
  return db.query<FactRow>(
    factsWhere(sql`t.org_id = ${orgId}::uuid and t.id = any(array(
    select k.id
      from unnest(${ids}::bigint[], ${received}::timestamptz[]) as k (id, received)
      left join ${statesOf} st on st.terminal_id = k.id
     where st.last_received_at is distinct from k.received))`),
  )
}

const factsWhere = (condition: Sql): Sql => sql`
  select t.id as terminal_id, u.status, s.id as store_id, s.time_zone, s.opening_hours, s.hours_exceptions,
         s.closed_on, st.last_beat_at, st.last_received_at, st.last_received_at::text as received,
         st.learnt_interval_seconds, st.online_state, coalesce(normal.gaps, 3) as normal_gaps,
         st.pinpad_ok, st.reader_ok, st.security_ok, st.tamper,
         st.os, st.firmware, st.app, st.emv_kernel, st.security_patch,
         m.id as model_id, m.name as model_name, ${useEndOfTerminal} as use_end_on
    from terminal t
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
    left join ${statesOf} st on st.terminal_id = t.id
    left join terminal_model m on m.id = t.model_id
    left join lateral (
      select count(*) filter (
               where gap <= 3 * coalesce(st.learnt_interval_seconds,
                 ${defaultIntervalSeconds}::int))::int as gaps
        from (
          select extract(epoch from h.at - lag(h.at) over (order by h.at)) as gap
            from (select at from heartbeat h
                   where h.terminal_id = t.id and h.at > now() - interval '2 days'
                     and h.at < now() + interval '8 days'
                   order by at desc limit 4) h) gaps
       where gap is not null) normal
      on exists (select 1 from flag f where f.terminal_id = t.id and f.rule = 'silent'
        and f.status <> 'closed')
   where ${condition}`

type PolicyRow = {
  model_id: number | null
  component: Policy["component"]
  minimum_version: string
  due_on: string | null
}

export const readPolicies = (db: Db, orgId: string) =>
  db.query<PolicyRow>(sql`
  select model_id, component, minimum_version, due_on
    from release_policy
   where org_id = ${orgId}::uuid
   order by id`)

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

export const liveFlags = (db: Db, orgId: string) =>
  db.query<LiveRow>(sql`
  select id, rule, kind, subject, terminal_id, store_id, status, since_at, opened_at, evaluated_at, reasons,
         hold_runs, clear_runs
    from flag where org_id = ${orgId}::uuid and status <> 'closed'`)

export const writeFlags = async (db: Db, orgId: string, flags: LiveFlag[]): Promise<void> => {
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
      evaluated_at: iso(flag.evaluatedAt),
      reasons: flag.reasons,
      hold_runs: flag.holdRuns,
      clear_runs: flag.clearRuns,
    })),
  )
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as g (id bigint, rule text, kind text, subject text,
    terminal_id bigint, store_id bigint, status text, since_at timestamptz, opened_at timestamptz,
    closed_at timestamptz, evaluated_at timestamptz, reasons jsonb, hold_runs int, clear_runs int)`
  await db.query(sql`
    update flag f
       set kind = g.kind, store_id = g.store_id, status = g.status, since_at = g.since_at,
           opened_at = g.opened_at, closed_at = g.closed_at, evaluated_at = g.evaluated_at,
           reasons = g.reasons, hold_runs = g.hold_runs, clear_runs = g.clear_runs
      from ${given}
     where f.id = g.id and f.org_id = ${orgId}::uuid`)
  await db.query(sql`
    insert into flag (org_id, rule, kind, subject, terminal_id, store_id, status, since_at, evaluated_at,
      reasons, hold_runs, clear_runs)
    select ${orgId}::uuid, g.rule, g.kind, g.subject, g.terminal_id, g.store_id, g.status, g.since_at,
           g.evaluated_at, g.reasons, g.hold_runs, g.clear_runs
      from ${given}
     where g.id is null
    on conflict (org_id, rule, subject) where status <> 'closed' do nothing`)
  // A candidate that never opened was never shown.
  await db.query(
    sql`delete from flag where org_id = ${orgId}::uuid and status = 'closed' and opened_at is null`,
  )
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export type FlagRow = {
  id: number
  kind: FlagKind
  rule: RuleName
  status: "open" | "closed"
  reasons: Reason[]
  since_at: Date
  opened_at: Date
  closed_at: Date | null
  terminal_id: number | null
  serial: string | null
  model: string | null
  store_id: number | null
  store_name: string | null
  store_code: string | null
}

export type FlagFilter = Omit<FlagQuery, "sort" | "order" | "cursor" | "limit">

const filters = ({ status, store, terminal, q }: FlagFilter): Sql => sql`
  f.status = ${status}
  ${store === undefined ? empty : sql`and f.store_id = ${store}::bigint`}
  ${terminal === undefined ? empty : sql`and f.terminal_id = ${terminal}::bigint`}
  ${q === undefined ? empty : sql`and ${contains([sql`t.serial`, sql`s.name`], q)}`}`

// Tampering comes first, then faults that stop sales, then dates.
const urgency = sql`case when f.rule = 'self_check' and f.kind = 'replacement' then 0
  else array_position(array['self_check', 'silent', 'release_behind', 'model_past_use_end'], f.rule) end`

const sortKeys: Record<FlagSort, readonly [Key, ...Key[]]> = {
  // Of equal urgency the newest first.
  urgency: [
    { value: urgency, type: "int" },
    { value: sql`-extract(epoch from f.opened_at)`, type: "numeric" },
    { value: sql`-f.id`, type: "bigint" },
  ],
  since: [
    { value: sql`f.since_at`, type: "timestamptz" },
    { value: sql`f.id`, type: "bigint" },
  ],
  terminal: [
    { value: sql`coalesce(t.serial, '')`, type: "text" },
    { value: sql`f.id`, type: "bigint" },
  ],
  store: [
    { value: sql`coalesce(s.name, '')`, type: "text" },
    { value: sql`f.id`, type: "bigint" },
  ],
}

export const flagOrder = ({ sort, order }: Pick<FlagQuery, "sort" | "order">): ListOrder => ({
  list: `flags by ${sort} ${order}`,
  keys: sortKeys[sort],
  isDescending: order === "desc",
})

export const flagPage = (db: Db, { kind, ...filter }: FlagFilter, slice: Slice) =>
  db.query<FlagRow & { place: Place }>(sql`
  select f.id, f.kind, f.rule, f.status, f.reasons, f.since_at, f.opened_at, f.closed_at, f.terminal_id,
         t.serial, m.name as model, f.store_id, s.name as store_name, s.code as store_code,
         ${slice.place} as place
    from flag f
    left join terminal t on t.id = f.terminal_id
    left join terminal_model m on m.id = t.model_id
    left join store s on s.id = f.store_id
   where ${filters(filter)}
     ${kind === undefined ? empty : sql`and f.kind = ${kind}`}
     and ${slice.condition}
  ${slice.ordered}`)

export const flagCounts = (db: Db, filter: FlagFilter) =>
  db.query<{ kind: FlagKind; count: number }>(sql`
  select f.kind, count(*) as count
    from flag f
    left join terminal t on t.id = f.terminal_id
    left join store s on s.id = f.store_id
   where ${filters(filter)}
   group by 1`)
