import sql, { join, raw, type Sql } from "sql-template-tag"
import { hour, idOf, ownerOf, today, type Filler, type Place } from "@/tests/support/tables/place"

const tallies = ["beats", "presentments", "failures", "device", "raw_attempts", "raw_failures", "raw_device"]

/** The store's row, and the organisation's row (store 0) as the sum of the stores' rows so far. */
function placeRow(p: Place, table: Sql, times: { hour?: Sql; day: Sql }): Sql {
  const [names, at] = [raw(Object.keys(times).join(", ")), join(Object.values(times))]
  const own = sql`1, ${p.sales}::int, 1, 1, ${p.sales}::int, 1, 1`
  return sql`
    with own (${raw(tallies.join(", "))}) as (values (${own})),
    organisation_row as (
      insert into ${table} as r (org_id, store_id, ${names}, ${raw(tallies.join(", "))})
      select ${p.orgId}::uuid, 0, ${at}, ${raw(tallies.map((name) => `sum(${name})`).join(", "))}
        from (select * from own union all
              select ${raw(tallies.join(", "))} from ${table}
               where org_id = ${p.orgId}::uuid and store_id not in (0, ${idOf(p, "store")}::bigint)) stores
      on conflict (org_id, store_id, ${names}, group_key) do update
         set ${raw(tallies.map((name) => `${name} = excluded.${name}`).join(", "))})
    insert into ${table} (org_id, store_id, ${names}, ${raw(tallies.join(", "))})
    select ${p.orgId}::uuid, ${idOf(p, "store")}::bigint, ${at}, own.* from own`
}

const planOf = ({ mark }: Place) =>
  JSON.stringify({ call: [], staff: `staff ${mark}`, customers: "", otherWays: "", steps: [] })

/** Rows of records, rollups and flags. */
export const recordFillers: Record<string, Filler> = {
  ingest_batch: {
    of: "store",
    row: (p) => sql`
    insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at, folded_at)
    values (${idOf(p, "batch")}::bigint, ${p.orgId}::uuid, 'heartbeat', 1, ${hour}, ${hour}, now())`,
  },
  quarantine: {
    of: "organisation",
    row: (p) => sql`
    insert into quarantine (id, org_id, kind, code, message, record, record_hash, terminal)
    values (${idOf(p, "quarantine")}::bigint, ${p.orgId}::uuid, 'heartbeat', 'unknown_terminal', 'unknown',
            ${JSON.stringify({ terminal: `serial ${p.mark}`, at: new Date().toISOString() })},
              sha256(${p.mark}::bytea), ${`serial ${p.mark}`})`,
  },
  heartbeat: {
    of: "store",
    row: (p) => sql`
    insert into heartbeat (terminal_id, at, org_id, batch_id, app)
    values (${idOf(p, "terminal")}::bigint, ${hour}, ${p.orgId}::uuid, ${idOf(p, "batch")}::bigint,
      ${`app ${p.mark}`})`,
  },
  transaction: {
    of: "store",
    row: (p) => sql`
    insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, operator)
    values (${idOf(p, "terminal")}::bigint, ${`sale ${p.mark}`}, ${hour}, ${p.orgId}::uuid,
      ${idOf(p, "batch")}::bigint, 'declined', ${`cashier ${p.mark}`})`,
  },
  terminal_hour: {
    of: "store",
    row: (p) => sql`
    insert into terminal_hour (terminal_id, hour, store_id, day, org_id, model_id, beats, presentments,
      failures, device, raw_attempts, raw_failures, raw_device)
    values (${idOf(p, "terminal")}::bigint, ${hour}, ${idOf(p, "store")}::bigint, ${today}, ${p.orgId}::uuid,
      ${idOf(ownerOf(p), "model")}::bigint, 1,
            ${p.sales}::int, 1, 1, ${p.sales}::int, 1, 1)`,
  },
  terminal_day: {
    of: "store",
    row: (p) => sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, beats, presentments, failures,
      device, raw_attempts, raw_failures, raw_device)
    values (${idOf(p, "terminal")}::bigint, ${today}, ${idOf(p, "store")}::bigint, ${p.orgId}::uuid,
      ${idOf(ownerOf(p), "model")}::bigint, 1,
            ${p.sales}::int, 1, 1, ${p.sales}::int, 1, 1)`,
  },
  operator_day: {
    of: "store",
    row: (p) => sql`
    insert into operator_day (terminal_id, day, store_id, operator, org_id, presentments, ch_user)
    values (${idOf(p, "terminal")}::bigint, ${today}, ${idOf(p, "store")}::bigint, ${`cashier ${p.mark}`},
      ${p.orgId}::uuid, ${p.sales}::int, 1)`,
  },
  reference_rate: {
    of: "organisation",
    row: (p) => sql`
    insert into reference_rate values (${p.orgId}::uuid, ${today}, ${`other:${p.mark}`}, 'chip',
      40000, 10000, 5000, 12000, 6000, 20000, 200, 3000, 2000)`,
  },
  night_terminal: {
    of: "store",
    row: (p) => sql`
    insert into night_terminal
    values (${p.orgId}::uuid, ${today}, ${idOf(p, "terminal")}::bigint, ${today} - 1,
      ${p.sales}::int, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8)`,
  },
  night_operator: {
    of: "store",
    row: (p) => sql`
    insert into night_operator values (${p.orgId}::uuid, ${today}, ${idOf(p, "terminal")}::bigint,
      ${`cashier ${p.mark}`}, ${today} - 1, 1, 0, 0, 0, 0, 0, 0, 0)`,
  },
  place_hour: { of: "store", row: (p) => placeRow(p, sql`place_hour`, { hour, day: today }) },
  place_day: { of: "store", row: (p) => placeRow(p, sql`place_day`, { day: today }) },
  // For the store and for the whole organisation (store 0).
  segment_day: {
    of: "store",
    row: (p) => sql`
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
      failures, raw_attempts, raw_failures)
    select ${p.orgId}::uuid, store_id, ${today}, dimension, value, 'device', 'printer', ${p.sales}::int, 1,
           ${p.sales}::int, 1
      from unnest(array[${idOf(p, "store")}::bigint, 0]) store_id,
           (select dimension, ${`${idOf(p, "store")}:cashier ${p.mark}`} as value
              from unnest(array['operator', 'code', 'release', 'issuer', 'entryMode', 'acquirer']) dimension
            union all
            select 'model', ${`${idOf(ownerOf(p), "model")} ${p.mark}`}) g`,
  },
  terminal_state: {
    of: "store",
    row: (p) => sql`
    insert into terminal_state (terminal_id, org_id, last_beat_at, last_received_at, online_state, app)
    values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, ${hour}, now(), 'online', '1.0')`,
  },
  terminal_tail: {
    of: "store",
    row: (p) =>
      sql`
        insert into terminal_tail (terminal_id, org_id)
        values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid)`,
  },
  terminal_standing: {
    of: "store",
    row: (p) =>
      sql`
        insert into terminal_standing (terminal_id, org_id, open_flags)
        values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, 1)`,
  },
  terminal_wear: {
    of: "store",
    row: (p) => sql`
    insert into terminal_wear (terminal_id, org_id, week, weeks, trends, signal_dbm)
    values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, date_trunc('week', ${today})::date - 7,
            jsonb_build_array(jsonb_build_object('week', date_trunc('week', ${today})::date - 7,
              'battery', 80)), '{}', ${p.base}::real)`,
  },
  model_life: {
    of: "organisation",
    row: (p) => sql`insert into model_life values (${p.orgId}::uuid, ${idOf(p, "model")}::bigint, 3, 1, 40)`,
  },
  usual_week: {
    of: "store",
    row: (p) =>
      sql`
        insert into usual_week (terminal_id, org_id, store_id, hours, beats_per_hour, is_own)
        values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, ${idOf(p, "store")}::bigint,
          '{0,0,0,0,0,0,0}', 4, true)`,
  },
  league_figures: {
    of: "organisation",
    row: (p) =>
      sql`
        insert into league_figures (org_id, grouping, from_day, to_day, figures, as_of, computed_at)
        values (${p.orgId}::uuid, 'supplier', ${today} - 28, ${today}, '[]', now() - interval '3 hours',
          now() - interval '3 hours')`,
  },
  standing_change: {
    of: "store",
    row: (p) =>
      sql`
        insert into standing_change (org_id, terminal_id, changed_at)
        values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${hour})`,
  },
  verdict: {
    of: "store",
    row: (p) => sql`
    insert into verdict (terminal_id, at, id, org_id, happened_at, store_id, kind, operator, code, subcause,
      release, cause, version)
    values (${idOf(p, "terminal")}::bigint, ${hour}, ${`sale ${p.mark}`}, ${p.orgId}::uuid, ${hour},
      ${idOf(p, "store")}::bigint, 'host', ${`cashier ${p.mark}`}, ${`unionpay:${p.mark}`}, 'unmapped',
      '5.1', 'system', 1)`,
  },
  lost_day: {
    of: "store",
    row: (p) => sql`
    insert into lost_day (org_id, terminal_id, store_id, day, cause, currency, sales, lost_minor)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint, ${today}, 'system',
      'CNY', 1, ${p.sales}::bigint)`,
  },
  speed_day: {
    of: "store",
    row: (p) => sql`
    insert into speed_day (org_id, store_id, day, dimension, value, counts)
    values (${p.orgId}::uuid, ${idOf(p, "store")}::bigint, ${today}, 'issuer', ${`issuer ${p.mark}`},
      array_fill(${p.sales}::int, array[21]))`,
  },
  learnt_ratio: {
    of: "organisation",
    row: (p) => sql`
    insert into learnt_ratio (org_id, version, learnt_to, findings, counts, ratios)
    values (${p.orgId}::uuid, 1, now(), ${p.sales}::int, '{}', '[]')`,
  },
  availability_day: {
    of: "store",
    row: (p) => sql`
    insert into availability_day (org_id, terminal_id, store_id, day, open_hours, down_device, down_line,
      down_site, down_unknown, failing_device, failing_system)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint, ${today}, 12, 1, 0,
      0, 0, 0, ${p.sales}::int)`,
  },
  card_sighting: {
    of: "store",
    row: (p) => sql`
    insert into card_sighting (card_ref, terminal_id, at, id, org_id, happened_at, worked, kind, entry_mode)
    values (${`card ${p.mark}`}, ${idOf(p, "terminal")}::bigint, ${hour}, ${`sale ${p.mark}`},
      ${p.orgId}::uuid, ${hour}, true, '', 'chip')`,
  },
  flag: {
    of: "store",
    row: (p) => sql`
    insert into flag (id, org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
      evaluated_at, reasons)
    values (${idOf(p, "flag")}::bigint, ${p.orgId}::uuid, 'maintenance', 'silent',
      ${`terminal:${idOf(p, "terminal")}`}, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint,
            'open', ${hour}, ${hour}, now(), '[]')`,
  },
  flag_event: {
    of: "store",
    row: (p) => sql`
    insert into flag_event (id, org_id, flag_id, store_id, at, by, change)
    values (${idOf(p, "flagEvent")}::bigint, ${p.orgId}::uuid, ${idOf(p, "flag")}::bigint,
      ${idOf(p, "store")}::bigint, ${hour}, ${`user ${p.mark}`}, '{"what": "acknowledge"}')`,
  },
  finding: {
    of: "store",
    row: (p) => sql`
    insert into finding (id, org_id, flag_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
    values (${idOf(p, "finding")}::bigint, ${p.orgId}::uuid, ${idOf(p, "flag")}::bigint, 'silent',
      ${`terminal:${idOf(p, "terminal")}`}, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint,
            'other', ${hour}, ${`user ${p.mark}`})`,
  },
  incident: {
    of: "store",
    row: (p) => sql`
    insert into incident (id, org_id, class, subject, store_id, value, first_on, last_on, opened_at, observed,
      expected, p, timeline)
    values (${idOf(p, "incident")}::bigint, ${p.orgId}::uuid, 'operator', ${`operator ${p.mark}`},
      ${idOf(p, "store")}::bigint, ${`cashier ${p.mark}`}, ${today}, ${today}, ${hour}, 12, 2, 1e-6, '[]')`,
  },
  incident_member: {
    of: "store",
    row: (p) => sql`
    insert into incident_member (incident_id, terminal_id, org_id, store_id, first_on, last_on, observed,
      expected)
    values (${idOf(p, "incident")}::bigint, ${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid,
      ${idOf(p, "store")}::bigint, ${today}, ${today}, 6, 1)`,
  },
  training: {
    of: "store",
    row: (p) => sql`
    insert into training (id, org_id, store_id, operator, subject, held_on, recorded_by)
    values (${idOf(p, "training")}::bigint, ${p.orgId}::uuid, ${idOf(p, "store")}::bigint,
      ${`cashier ${p.mark}`}, ${`subject ${p.mark}`}, ${today}, 'somebody')`,
  },
  remote_action: {
    of: "store",
    row: (p) => sql`
    insert into remote_action (id, org_id, flag_id, terminal_id, store_id, action, asked_by, due_at)
    values (${idOf(p, "remoteAction")}::bigint, ${p.orgId}::uuid, ${idOf(p, "flag")}::bigint,
      ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint, 'restart', ${`user ${p.mark}`},
      now() + interval '1 hour')`,
  },
  maintenance_window: {
    of: "store",
    row: (p) => sql`
    insert into maintenance_window (id, org_id, reason, place_kind, place_id, starts, ends, made_by)
    values (${idOf(p, "window")}::bigint, ${p.orgId}::uuid, ${`reason ${p.mark}`}, 'store',
      ${idOf(p, "store")}::bigint, '2099-12-01T22:00', '2099-12-02T04:00', 'somebody')`,
  },
  contingency_plan: {
    of: "organisation",
    row: (p) => sql`
    insert into contingency_plan (org_id, class, version, plan, made_by)
    values (${p.orgId}::uuid, 'issuer', 1, ${planOf(p)}::jsonb, ${p.mark})`,
  },
  fleet_change: {
    of: "store",
    row: (p) => sql`
    insert into fleet_change (org_id, kind, subject_id)
    values (${p.orgId}::uuid, 'terminal', ${idOf(p, "terminal")}::bigint)`,
  },
  own_outage: {
    of: "organisation",
    row: (p) => sql`
    insert into own_outage (org_id, from_at, to_at) values (${p.orgId}::uuid, ${hour}, now())`,
  },
}
