import sql from "sql-template-tag"
import { causes } from "@/lib/fleet/code-packs/cause"
import { idOf, today, type Filler, type Place } from "@/tests/support/tables/place"

const rate = {
  attempts: 1,
  failures: 0,
  rate: 0,
  interval: [0, 0.8],
  raw: { attempts: 1, failures: 0, rate: 0 },
}
const before = {
  attempts: 0,
  failures: 0,
  rate: null,
  interval: null,
  raw: { attempts: 0, failures: 0, rate: null },
}

/** The figures of a weekly report in which nothing failed. */
const figuresOf = ({ mark }: Place) => ({
  week: "2026-W40",
  from: "2026-09-28",
  to: "2026-10-04",
  isOver: true,
  organisation: { name: mark, timeZone: "Asia/Shanghai" },
  fleet: { byStatus: { pending: 0, active: 1, spare: 0, in_repair: 0, retired: 0 }, byModel: [] },
  availability: { openHours: 0, upHours: 0, share: null, hoursUntil: null, terminalsWithoutHours: 1 },
  total: { ...rate, previous: before },
  byCause: causes.map((cause) => ({ cause, ...rate, previous: before })),
  lost: { data: [], total: [] },
  flags: { opened: [], closed: [], open: [] },
  releasesDue: [],
  modelsDue: [],
  asOf: "2026-10-06T16:00:00.000Z",
})

/** What the nights keep, the faults of the data on each day, frozen reports, and courses of rollouts. */
export const nightFillers: Record<string, Filler> = {
  rehearsed_flag: {
    of: "store",
    row: (p) => sql`
    insert into rehearsed_flag (org_id, opened_on, step, rule, terminal_id, store_id)
    values (${p.orgId}::uuid, ${today}, 1, 'chip_reader', ${idOf(p, "terminal")}::bigint,
      ${idOf(p, "store")}::bigint)`,
  },
  rule_tightening: {
    of: "organisation",
    row: (p) => sql`
    insert into rule_tightening (org_id, rule, tightened_at) values (${p.orgId}::uuid, 'chip_reader', now())`,
  },
  data_quality_day: {
    of: "organisation",
    row: (p) => sql`
    insert into data_quality_day (org_id, day, kind, count)
    values (${p.orgId}::uuid, ${today}, 'pending', ${p.sales}::int)`,
  },
  rollout_course: {
    of: "organisation",
    row: (p) => sql`
    insert into rollout_course (org_id, component, version, model_id, course, computed_at)
    values (${p.orgId}::uuid, 'app', ${`1.0 ${p.mark}`}, 0, '{}', now())`,
  },
  frozen_report: {
    of: "organisation",
    row: (p) => sql`
    insert into frozen_report (org_id, week_from, frozen_at, code_tables, evidence_version, figures)
    values (${p.orgId}::uuid, '2026-09-28', '2026-10-06T16:05:00Z',
      '[{"codeSystem": "unionpay", "own": 2, "shipped": 1}]', 0, ${JSON.stringify(figuresOf(p))}::json)`,
  },
  engine_state: {
    of: "organisation",
    row: (p) => sql`
    insert into engine_state (org_id, settled_on, settled_at, state)
    values (${p.orgId}::uuid, ${today}, now(), '')`,
  },
}
