import sql from "sql-template-tag"
import { idOf, today, type Filler } from "@/tests/support/tables/place"

/** What the nights keep, and the faults of the data on each day. */
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
  engine_state: {
    of: "organisation",
    row: (p) => sql`
    insert into engine_state (org_id, settled_on, settled_at, state)
    values (${p.orgId}::uuid, ${today}, now(), '')`,
  },
}
