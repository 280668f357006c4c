import { gzipSync } from "node:zlib"
import sql, { empty, type Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"

/**
 * Rows of one owner in every table. Each text contains `mark` and each id begins with `base`, so that a
 * test recognises them anywhere. `owner` is the organisation of a store's rows. It has rows of its own,
 * without a store.
 */
export type Place = { orgId: string; mark: string; base: number; sales: number; owner: Place | null }

const numbers = {
  store: 1,
  terminal: 2,
  merchant: 3,
  region: 4,
  model: 5,
  acquirer: 6,
  pack: 7,
  code: 8,
  quarantine: 9,
  batch: 10,
  flag: 11,
  mapping: 12,
  supplier: 21,
  approval: 22,
  release: 23,
  policy: 24,
} as const
const uuids = { user: 1, session: 2, import: 3, key: 4, profile: 5, link: 6 } as const

export const idOf = ({ base }: Place, what: keyof typeof numbers): number => base * 1000 + numbers[what]
export const uuidOf = ({ base }: Place, what: keyof typeof uuids): string =>
  `00000000-0000-4000-8000-${String(base * 1000 + uuids[what]).padStart(12, "0")}`

/** Matches any text that contains an id or mark of the place. */
export const tracesOf = ({ base, mark }: Place): RegExp =>
  new RegExp(`${mark}|(?<!\\d)0*${base}0\\d\\d(?!\\d)`)

const ownerOf = (place: Place): Place => place.owner ?? place
const hour = sql`date_trunc('hour', now()) - interval '2 hours'`
const today = sql`(now() at time zone 'Asia/Shanghai')::date`

type Filler = { of: "organisation" | "shop"; row: (place: Place) => Sql }

/** Fills each table with `org_id`, in an order that foreign keys allow. */
export const fillers: Record<string, Filler> = {
  organisation: {
    of: "organisation",
    row: (p) => sql`insert into organisation (id, name) values (${p.orgId}::uuid, ${p.mark})`,
  },
  merchant: {
    of: "shop",
    row: (p) => sql`
    insert into merchant (id, org_id, name, code, contact_name) values (${idOf(p, "merchant")}::bigint, ${p.orgId}::uuid, ${`merchant ${p.mark}`}, ${`code ${p.mark}`}, ${`contact ${p.mark}`})`,
  },
  region: {
    of: "shop",
    row: (p) => sql`
    insert into region (id, org_id, merchant_id, name) values (${idOf(p, "region")}::bigint, ${p.orgId}::uuid, ${idOf(p, "merchant")}::bigint, ${`region ${p.mark}`})`,
  },
  store: {
    of: "shop",
    row: (p) => sql`
    insert into store (id, org_id, merchant_id, region_id, code, name, time_zone, address, contact_name)
    values (${idOf(p, "store")}::bigint, ${p.orgId}::uuid, ${idOf(p, "merchant")}::bigint, ${idOf(p, "region")}::bigint, ${`code ${p.mark}`}, ${`store ${p.mark}`}, 'Asia/Shanghai', ${`address ${p.mark}`}, ${`contact ${p.mark}`})`,
  },
  acquirer: {
    of: "organisation",
    row: (p) => sql`
    insert into acquirer (id, org_id, code, name) values (${idOf(p, "acquirer")}::bigint, ${p.orgId}::uuid, ${`code ${p.mark}`}, ${`acquirer ${p.mark}`})`,
  },
  supplier: {
    of: "organisation",
    row: (p) => sql`
    insert into supplier (id, org_id, name, is_manufacturer, is_supplier) values (${idOf(p, "supplier")}::bigint, ${p.orgId}::uuid, ${`supplier ${p.mark}`}, true, true)`,
  },
  terminal_model: {
    of: "organisation",
    row: (p) => sql`
    insert into terminal_model (id, org_id, name, manufacturer_id)
    values (${idOf(p, "model")}::bigint, ${p.orgId}::uuid, ${`model ${p.mark}`}, ${idOf(p, "supplier")}::bigint)`,
  },
  approval: {
    of: "organisation",
    row: (p) => sql`
    insert into approval (id, org_id, model_id, kind, use_end_on, source, checked_on)
    values (${idOf(p, "approval")}::bigint, ${p.orgId}::uuid, ${idOf(p, "model")}::bigint, 'pci_pts', ${today}, ${`source ${p.mark}`}, ${today})`,
  },
  release: {
    of: "organisation",
    row: (p) => sql`
    insert into release (id, org_id, component, version) values (${idOf(p, "release")}::bigint, ${p.orgId}::uuid, 'app', ${`release ${p.mark}`})`,
  },
  release_policy: {
    of: "organisation",
    row: (p) => sql`
    insert into release_policy (id, org_id, component, minimum_version)
    values (${idOf(p, "policy")}::bigint, ${p.orgId}::uuid, 'app', '9.0')`,
  },
  terminal: {
    of: "shop",
    row: (p) => sql`
    insert into terminal (id, org_id, serial, model_id, supplier_id, bought_on, warranty_until)
    values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, ${`serial ${p.mark}`}, ${idOf(ownerOf(p), "model")}::bigint, ${idOf(ownerOf(p), "supplier")}::bigint, '2025-03-01', '2027-03-01')`,
  },
  terminal_store: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint, '1970-01-01')`,
  },
  terminal_tid: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(ownerOf(p), "acquirer")}::bigint, ${`tid ${p.mark}`}, '1970-01-01')`,
  },
  terminal_status: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, 'active', '1970-01-01')`,
  },
  code_pack: {
    of: "organisation",
    row: (p) => sql`
    insert into code_pack (id, org_id, code_system, version) values (${idOf(p, "pack")}::bigint, ${p.orgId}::uuid, ${`system ${p.mark}`}, 1)`,
  },
  response_code: {
    of: "organisation",
    row: (p) => sql`
    insert into response_code (id, org_id, pack_id, code, cause, subcause, remedy, retry,
      device_attributable, confidence, meaning_en, meaning_zh)
    values (${idOf(p, "code")}::bigint, ${p.orgId}::uuid, ${idOf(p, "pack")}::bigint, ${`code ${p.mark}`}, 'device', 'printer', 'none', 'unknown', 'true', 'high', ${p.mark}, ${p.mark})`,
  },
  unmapped_code: {
    of: "organisation",
    row: (p) => sql`
    insert into unmapped_code (org_id, code_system, code, first_seen_at, last_seen_at, seen_count) values (${p.orgId}::uuid, '', ${`unmapped ${p.mark}`}, now(), now(), 1)`,
  },
  ingest_batch: {
    of: "shop",
    row: (p) => sql`
    insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at, folded_at)
    values (${idOf(p, "batch")}::bigint, ${p.orgId}::uuid, 'heartbeat', 1, ${hour}, ${hour}, now())`,
  },
  quarantine: {
    of: "organisation",
    row: (p) => sql`
    insert into quarantine (id, org_id, kind, code, message, record, record_hash, terminal)
    values (${idOf(p, "quarantine")}::bigint, ${p.orgId}::uuid, 'heartbeat', 'unknown_terminal', 'unknown',
            ${JSON.stringify({ terminal: `serial ${p.mark}`, at: new Date().toISOString() })}, sha256(${p.mark}::bytea), ${`serial ${p.mark}`})`,
  },
  heartbeat: {
    of: "shop",
    row: (p) => sql`
    insert into heartbeat (terminal_id, at, org_id, batch_id, app) values (${idOf(p, "terminal")}::bigint, ${hour}, ${p.orgId}::uuid, ${idOf(p, "batch")}::bigint, ${`app ${p.mark}`})`,
  },
  transaction: {
    of: "shop",
    row: (p) => sql`
    insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, operator)
    values (${idOf(p, "terminal")}::bigint, ${`sale ${p.mark}`}, ${hour}, ${p.orgId}::uuid, ${idOf(p, "batch")}::bigint, 'declined', ${`cashier ${p.mark}`})`,
  },
  terminal_hour: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_hour (terminal_id, hour, store_id, day, org_id, model_id, beats, presentments,
      failures, device, raw_attempts, raw_failures, raw_device)
    values (${idOf(p, "terminal")}::bigint, ${hour}, ${idOf(p, "store")}::bigint, ${today}, ${p.orgId}::uuid,
      ${idOf(ownerOf(p), "model")}::bigint, 1,
            ${p.sales}::int, 1, 1, ${p.sales}::int, 1, 1)`,
  },
  terminal_day: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, beats, presentments, failures,
      device, raw_attempts, raw_failures, raw_device)
    values (${idOf(p, "terminal")}::bigint, ${today}, ${idOf(p, "store")}::bigint, ${p.orgId}::uuid,
      ${idOf(ownerOf(p), "model")}::bigint, 1,
            ${p.sales}::int, 1, 1, ${p.sales}::int, 1, 1)`,
  },
  // For the store and for the whole organisation (store 0), by operator.
  segment_day: {
    of: "shop",
    row: (p) => sql`
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
      failures, raw_attempts, raw_failures)
    select ${p.orgId}::uuid, store_id, ${today}, dimension, ${`${idOf(p, "store")}:cashier ${p.mark}`}, 'device', 'printer', ${p.sales}::int, 1, ${p.sales}::int, 1
      from unnest(array[${idOf(p, "store")}::bigint, 0]) store_id,
        unnest(array['operator', 'code', 'release', 'issuer', 'entryMode', 'acquirer']) dimension`,
  },
  terminal_state: {
    of: "shop",
    row: (p) => sql`
    insert into terminal_state (terminal_id, org_id, last_beat_at, last_received_at, online_state, app)
    values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, ${hour}, now(), 'online', '1.0')`,
  },
  terminal_tail: {
    of: "shop",
    row: (p) =>
      sql`
        insert into terminal_tail (terminal_id, org_id)
        values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid)`,
  },
  flag: {
    of: "shop",
    row: (p) => sql`
    insert into flag (id, org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
      evaluated_at, reasons)
    values (${idOf(p, "flag")}::bigint, ${p.orgId}::uuid, 'maintenance', 'silent', ${`terminal:${idOf(p, "terminal")}`}, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint,
            'open', ${hour}, ${hour}, now(), '[]')`,
  },
  import_run: {
    of: "organisation",
    row: (p) => sql`
    insert into import_run (id, org_id, state, kind, file_name, file_hash, total_rows, detected)
    values (${uuidOf(p, "import")}::uuid, ${p.orgId}::uuid, 'uploaded', 'heartbeats', ${`file ${p.mark}`}, ${p.mark}, 1,
            ${JSON.stringify({ format: "csv", encoding: "utf8", delimiter: ",", headers: [`column ${p.mark}`] })}::jsonb)`,
  },
  import_chunk: {
    of: "organisation",
    row: (p) => sql`
    insert into import_chunk (import_id, number, org_id, first_row, row_count, bytes) values (${uuidOf(p, "import")}::uuid, 0, ${p.orgId}::uuid, 0, 1, ${gzipSync(`${JSON.stringify(["hash", null, `cell ${p.mark}`])}\n`)}::bytea)`,
  },
  import_reject: {
    of: "organisation",
    row: (p) => sql`
    insert into import_reject (import_id, line, org_id, code, message, "row") values (${uuidOf(p, "import")}::uuid, 1, ${p.orgId}::uuid, 'invalid', 'wrong', ${JSON.stringify({ [`column ${p.mark}`]: `row ${p.mark}` })})`,
  },
  import_result: {
    of: "organisation",
    row: (p) => sql`
    insert into import_result (import_id, line, org_id, outcome, serial) values (${uuidOf(p, "import")}::uuid, 1, ${p.orgId}::uuid, 'created', ${`row ${p.mark}`})`,
  },
  import_profile: {
    of: "organisation",
    row: (p) => sql`
    insert into import_profile (id, org_id, name, profile)
    values (${uuidOf(p, "profile")}::uuid, ${p.orgId}::uuid, ${`profile ${p.mark}`},
            ${JSON.stringify({ name: `profile ${p.mark}`, description: "", kind: "heartbeats", timeZone: "UTC", columns: {}, fields: {} })}::jsonb)`,
  },
  card_key: {
    of: "organisation",
    row: (p) => sql`insert into card_key (org_id, key) values (${p.orgId}::uuid, ${p.mark}::bytea)`,
  },
  app_user: {
    of: "organisation",
    row: (p) => sql`
    insert into app_user (id, org_id, email, name, role) values (${uuidOf(p, "user")}::uuid, ${p.orgId}::uuid, ${`${p.mark}@example.com`}, ${`name ${p.mark}`}, 'admin')`,
  },
  group_mapping: {
    of: "organisation",
    row: (p) => sql`
    insert into group_mapping (id, org_id, group_name, role) values (${idOf(p, "mapping")}::bigint, ${p.orgId}::uuid, ${`group ${p.mark}`}, 'viewer')`,
  },
  api_key: {
    of: "organisation",
    row: (p) => sql`
    insert into api_key (id, org_id, label, prefix, key_hash, scopes) values (${uuidOf(p, "key")}::uuid, ${p.orgId}::uuid, ${`label ${p.mark}`}, 'tw_', sha256(${p.mark}::bytea), '{read}')`,
  },
  session: {
    of: "organisation",
    row: (p) => sql`
    insert into session (id, org_id, user_id, user_agent) values (${uuidOf(p, "session")}::uuid, ${p.orgId}::uuid, ${uuidOf(p, "user")}::uuid, ${`browser ${p.mark}`})`,
  },
  account_link: {
    of: "organisation",
    row: (p) => sql`
    insert into account_link (id, org_id, user_id, purpose, token_hash, expires_at)
    values (${uuidOf(p, "link")}::uuid, ${p.orgId}::uuid, ${uuidOf(p, "user")}::uuid, 'reset',
      sha256(${p.mark}::bytea), now() + interval '1 day')`,
  },
  recovery_code: {
    of: "organisation",
    row: (p) =>
      sql`
        insert into recovery_code (org_id, user_id, code_hash)
        values (${p.orgId}::uuid, ${uuidOf(p, "user")}::uuid, sha256(${p.mark}::bytea))`,
  },
  audit_entry: {
    of: "organisation",
    row: (p) => sql`
    insert into audit_entry (org_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
      subject_name)
    values (${p.orgId}::uuid, 'user', ${uuidOf(p, "user")}, ${`name ${p.mark}`}, 'user.invited', 'user', ${uuidOf(p, "user")}, ${`name ${p.mark}`})`,
  },
}

const fill = (organisation: Place, shops: Place[], otherwise: Sql): Promise<void> =>
  asOwner(async (client) => {
    for (const { of, row } of Object.values(fillers)) {
      for (const place of of === "organisation" ? [organisation] : shops)
        await client.query(sql`${row(place)} ${otherwise}`)
    }
  })

/** Inserts a row of the organisation and one of each of its stores into every table. */
export const fillEveryTable = (organisation: Place, shops: Place[]): Promise<void> =>
  fill(organisation, shops, empty)

/** Inserts the rows again that were deleted. Existing rows stay. */
export const putBack = (organisation: Place, shops: Place[]): Promise<void> =>
  fill(organisation, shops, sql`on conflict do nothing`)
