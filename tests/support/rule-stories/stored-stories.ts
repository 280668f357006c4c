import sql, { raw, type Sql } from "sql-template-tag"
import { addDays } from "@/lib/base/time/zone"
import { weeksAt } from "@/lib/insight/trends/weeks"
import { minute } from "@/tests/support/flags"
import type { TerminalRule } from "@/tests/support/rule-stories/terminal-stories"

export const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()
const lastMonday = addDays("1970-01-05", 7 * (Math.floor(weeksAt(Date.now())) - 1))

/** How terminals come to what a rule finds: what their heartbeats say, and what else is known of them. */
export type StoredStory = {
  bad?: object
  good?: object
  beats?: Beats
  given?: (ids: number[]) => Sql
  over?: (ids: number[]) => Sql
}
export type Beats = { until?: number; every?: number; count?: number }

const trend = (signal: string, level: number, limit: number) => (ids: number[]) => {
  const due = weeksAt(Date.now()) + 2
  const kept = { [signal]: { due, early: due, late: null, slope: 1, weeks: 12, limit, level } }
  return sql`
    insert into terminal_wear (terminal_id, org_id, week, weeks, trends)
    select id, org_id, ${lastMonday}::date, '[]', ${JSON.stringify(kept)}::jsonb
      from terminal where id = any(${ids}::bigint[])`
}
const failed = (times: number, daysApart: number) => (ids: number[]) =>
  sql`
  insert into finding (org_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
  select p.org_id, 'chip_reader', 'terminal:' || p.terminal_id, p.terminal_id, p.store_id, 'fixed',
         now() - n * ${daysApart}::int * interval '1 day', 'test'
    from terminal_store p, generate_series(1, ${times}::int) n
   where p.terminal_id = any(${ids}::bigint[])`
const inState = (set: Sql) => (ids: number[]) =>
  sql`update terminal_state set ${set} where terminal_id = any(${ids}::bigint[])`
const unsoldFor = (months: number) => (ids: number[]) => {
  const since = sql`now() - ${months}::int * interval '1 month'`
  return sql`
    with known as (update terminal set created_at = ${since} where id = any(${ids}::bigint[]))
    update terminal_status set from_at = ${since} where terminal_id = any(${ids}::bigint[])`
}
const without = (table: "finding" | "terminal_wear" | "usual_week") => (ids: number[]) =>
  sql`delete from ${raw(table)} where terminal_id = any(${ids}::bigint[])`

/** Where all stores are but the one to which terminals move. */
export const atStore = { lat: 31.23, lon: 121.47 }

/** Each rule that the rounds evaluate has its story. */
export const storedStories: Record<TerminalRule, StoredStory> = {
  silent: { beats: { until: 180 } },
  not_up_at_opening: {
    beats: { until: 400, every: 5 },
    given: (ids) => sql`
      insert into usual_week (terminal_id, org_id, store_id, hours, beats_per_hour, is_own)
      select terminal_id, org_id, store_id, array_fill(16777215, array[7]), 12, true
        from terminal_store where terminal_id = any(${ids}::bigint[])`,
  },
  flapping: { given: inState(sql`flaps = 4.5, flapped_at = now()`), over: inState(sql`flaps = 0.5`) },
  self_check: { bad: { reader_ok: false }, good: { reader_ok: true } },
  release_behind: { bad: { app: "5.9.0" }, good: { app: "5.10.0" } },
  model_past_use_end: {
    given: (ids) => sql`
      with model as (
        insert into terminal_model (org_id, name)
        select distinct org_id, 'Old' from terminal where id = any(${ids}::bigint[]) returning id, org_id),
      named as (update terminal set model_id = model.id from model where terminal.id = any(${ids}::bigint[]))
      insert into approval (org_id, model_id, kind, use_end_on, source, checked_on)
      select org_id, id, 'pci_pts', current_date - 10, 'test', current_date from model`,
    over: (ids) => sql`update terminal set model_id = null where id = any(${ids}::bigint[])`,
  },
  keeping_costs_more: { given: failed(40, 50), over: without("finding") },
  repeated_failures: { given: failed(4, 35), over: without("finding") },
  storage_full: { bad: { storage_used_pct: 95 }, good: { storage_used_pct: 60 } },
  battery_worn: { bad: { battery_health_pct: 60 }, good: { battery_health_pct: 95 } },
  signal_weak: {
    given: (ids) => sql`
      insert into terminal_wear (terminal_id, org_id, week, weeks, trends, signal_dbm, signal_drop_db)
      select id, org_id, ${lastMonday}::date, '[]', '{}', -95, 14
        from terminal where id = any(${ids}::bigint[])`,
    over: without("terminal_wear"),
  },
  battery_wearing: { given: trend("battery", 74, 70), over: without("terminal_wear") },
  storage_filling: { given: trend("storage", 84, 90), over: without("terminal_wear") },
  printer_head_worn: { given: trend("printer_head", 48, 50), over: without("terminal_wear") },
  chip_reader_worn: { given: trend("chip_reader", 480_000, 500_000), over: without("terminal_wear") },
  magstripe_reader_worn: {
    given: trend("magstripe_reader", 480_000, 500_000),
    over: without("terminal_wear"),
  },
  printer_errors: { given: trend("printer_errors", 4, 5), over: without("terminal_wear") },
  printer_fault: { bad: { printer_status: "out_of_order" }, good: { printer_status: "ok" } },
  moved: { bad: { lat: 31.3, lon: 121.47 }, good: atStore },
  unsent_sales: {
    bad: { offline_sales: 3, offline_amount_minor: 900, offline_oldest_at: ago(14 * 60) },
    good: { offline_sales: 0 },
  },
  idle: { given: unsoldFor(4), over: inState(sql`last_sale_at = now()`) },
  idle_long: { given: unsoldFor(14), over: inState(sql`last_sale_at = now()`) },
  maintenance_mode: { bad: { mode: "maintenance" }, good: { mode: "normal" } },
  clock_wrong: {
    bad: { clock_offset_ms: 8 * minute },
    good: { clock_offset_ms: 0 },
    beats: { until: 12 },
  },
  day_not_closed: { bad: { batch_opened_at: ago(40 * 60) }, good: { batch_opened_at: ago(5) } },
}
