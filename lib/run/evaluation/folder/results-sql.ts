import sql, { join, raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { FailureKind } from "@/lib/insight/verdicts/kind"
import type { Attributable, Confidence } from "@/lib/insight/verdicts/priors"

export type FlagRow = {
  kind: string
  rule: string
  subject: string
  serial: string | null
  store: string | null
  opened_at: Date
  closed_at: Date | null
}

/** Flags that opened, without those of incidents, which are told as incidents. */
export const flagsOf = (db: Db, orgId: string) =>
  db.query<FlagRow>(sql`
  select f.kind, f.rule, f.subject, t.serial, s.code as store, f.opened_at, f.closed_at
    from flag f
    left join terminal t on t.id = f.terminal_id
    left join store s on s.id = f.store_id
   where f.org_id = ${orgId}::uuid and f.opened_at is not null and f.incident_id is null
   order by f.opened_at, f.id`)

export type IncidentRow = {
  class: string
  subject: string
  store: string | null
  serial: string | null
  model: string | null
  acquirer: string | null
  value: string | null
  component: string | null
  opened_at: Date
  closed_at: Date | null
}

export const incidentsOf = (db: Db, orgId: string) =>
  db.query<IncidentRow>(sql`
  select i.class, i.subject, s.code as store, t.serial, m.name as model, a.code as acquirer, i.value,
         i.component, i.opened_at, i.closed_at
    from incident i
    left join store s on s.id = i.store_id
    left join terminal t on t.id = i.terminal_id
    left join terminal_model m on m.id = i.model_id
    left join acquirer a on a.id = i.acquirer_id
   where i.org_id = ${orgId}::uuid
   order by i.opened_at, i.id`)

export const serialsOf = (db: Db, orgId: string) =>
  db.query<{ id: number; serial: string }>(sql`
  select id, serial from terminal where org_id = ${orgId}::uuid and merged_into is null order by id`)

export type DayRow = {
  id: number
  sales: number
  failed: number
  technical: number
  errors: number
  reads: number
}

/** A local day of all terminals, as a rule without an engine sees it. */
export const dayOf = (db: Db, orgId: string, day: Day) =>
  db.query<DayRow>(sql`
  select terminal_id as id, sum(presentments)::int as sales, sum(failures)::int as failed,
         sum(ch_tech + ch_chip + ch_contactless + ch_magstripe)::int as technical,
         sum(coalesce(chip_failures, 0) + coalesce(tap_failures, 0) + coalesce(swipe_failures, 0))::int
           as errors,
         sum(coalesce(chip_reads, 0) + coalesce(tap_reads, 0) + coalesce(swipe_reads, 0))::int as reads
    from terminal_day
   where org_id = ${orgId}::uuid and day = ${day}::date
   group by 1`)

export type SaleRow = {
  serial: string
  id: string
  at: Date
  cause: string
  device: number
  card: number
  operator: number
  system: number
  /** The cause that its code names, and how sure that is; null without a code that is known. */
  code_cause: Cause
  confidence: Confidence | null
  attributable: Attributable | null
  kind: FailureKind
  /** What was said for and against causes. */
  codes: string[]
}

/** The verdicts on failed sales of a UTC day. */
export const judgedSales = (db: Db, orgId: string, { from, to }: { from: Date; to: Date }) =>
  db.query<SaleRow>(sql`
  select t.serial, v.id, v.at, v.cause, v.p_device as device, v.p_card as card, v.p_operator as operator,
         v.p_system as system, coalesce(nullif(c.cause, 'none'), 'unknown') as code_cause,
         c.confidence, c.device_attributable as attributable, v.kind,
         array(select e->>'code' from jsonb_array_elements(v.evidence) e) as codes
    from verdict v
    join terminal t on t.id = v.terminal_id
    join transaction x on x.terminal_id = v.terminal_id and x.id = v.id and x.at = v.at
    left join response_code c on c.id = x.response_code_id
   where v.org_id = ${orgId}::uuid and v.version > 0
     and v.happened_at >= ${from}::timestamptz and v.happened_at < ${to}::timestamptz
   order by v.happened_at, t.serial, v.id`)

const columns = {
  os: "os",
  firmware: "firmware",
  app: "app",
  emvKernel: "emv_kernel",
  securityPatch: "security_patch",
} as const

/** The terminals of a model that have sent a release: `component:version`, or a version of any component. */
export async function terminalsWith(
  db: Db,
  orgId: string,
  { model, release }: { model: string | null; release: string },
): Promise<string[]> {
  const named = Object.entries(columns).filter(([name]) => release.startsWith(`${name}:`))
  const version = named.length > 0 ? release.slice(release.indexOf(":") + 1) : release
  const components = named.length > 0 ? named : Object.entries(columns)
  const ofBeat = join(
    components.map(([, column]) => sql`h.${raw(column)}::text = ${version}::text`),
    " or ",
  )
  const ofBeats = sql`
       select h.terminal_id from heartbeat h where h.org_id = ${orgId}::uuid and (${ofBeat})`
  const ofSales = sql`
       select h.terminal_id
         from transaction h
        where h.org_id = ${orgId}::uuid and h.release = ${version}::text`
  const isApp = components.some(([name]) => name === "app")
  const rows = await db.query<{ serial: string }>(sql`
  select t.serial
    from terminal t
    left join terminal_model m on m.id = t.model_id
   where t.org_id = ${orgId}::uuid and (${model}::text is null or lower(m.name) = lower(${model}::text))
     and t.id in (${isApp ? sql`${ofBeats} union all ${ofSales}` : ofBeats})
   order by t.serial`)
  return rows.map(({ serial }) => serial)
}
