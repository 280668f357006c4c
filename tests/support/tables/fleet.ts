import sql from "sql-template-tag"
import { idOf, ownerOf, today, type Filler } from "@/tests/support/tables/place"

/** Rows of master data. */
export const fleetFillers: Record<string, Filler> = {
  organisation: {
    of: "organisation",
    row: (p) => sql`insert into organisation (id, name) values (${p.orgId}::uuid, ${p.mark})`,
  },
  merchant: {
    of: "store",
    row: (p) => sql`
    insert into merchant (id, org_id, name, code, contact_name)
    values (${idOf(p, "merchant")}::bigint, ${p.orgId}::uuid, ${`merchant ${p.mark}`}, ${`code ${p.mark}`},
      ${`contact ${p.mark}`})`,
  },
  region: {
    of: "store",
    row: (p) => sql`
    insert into region (id, org_id, merchant_id, name)
    values (${idOf(p, "region")}::bigint, ${p.orgId}::uuid, ${idOf(p, "merchant")}::bigint,
      ${`region ${p.mark}`})`,
  },
  store: {
    of: "store",
    row: (p) => sql`
    insert into store (id, org_id, merchant_id, region_id, code, name, time_zone, address, contact_name)
    values (${idOf(p, "store")}::bigint, ${p.orgId}::uuid, ${idOf(p, "merchant")}::bigint,
      ${idOf(p, "region")}::bigint, ${`code ${p.mark}`}, ${`store ${p.mark}`}, 'Asia/Shanghai',
      ${`address ${p.mark}`}, ${`contact ${p.mark}`})`,
  },
  acquirer: {
    of: "organisation",
    row: (p) => sql`
    insert into acquirer (id, org_id, code, name)
    values (${idOf(p, "acquirer")}::bigint, ${p.orgId}::uuid, ${`code ${p.mark}`}, ${`acquirer ${p.mark}`})`,
  },
  supplier: {
    of: "organisation",
    row: (p) => sql`
    insert into supplier (id, org_id, name, is_manufacturer, is_supplier)
    values (${idOf(p, "supplier")}::bigint, ${p.orgId}::uuid, ${`supplier ${p.mark}`}, true, true)`,
  },
  terminal_model: {
    of: "organisation",
    row: (p) => sql`
    insert into terminal_model (id, org_id, name, manufacturer_id)
    values (${idOf(p, "model")}::bigint, ${p.orgId}::uuid, ${`model ${p.mark}`},
      ${idOf(p, "supplier")}::bigint)`,
  },
  approval: {
    of: "organisation",
    row: (p) => sql`
    insert into approval (id, org_id, model_id, kind, use_end_on, source, checked_on)
    values (${idOf(p, "approval")}::bigint, ${p.orgId}::uuid, ${idOf(p, "model")}::bigint, 'pci_pts',
      ${today}, ${`source ${p.mark}`}, ${today})`,
  },
  release: {
    of: "organisation",
    row: (p) => sql`
    insert into release (id, org_id, component, version)
    values (${idOf(p, "release")}::bigint, ${p.orgId}::uuid, 'app', ${`release ${p.mark}`})`,
  },
  release_policy: {
    of: "organisation",
    row: (p) => sql`
    insert into release_policy (id, org_id, component, minimum_version)
    values (${idOf(p, "policy")}::bigint, ${p.orgId}::uuid, 'app', '9.0')`,
  },
  terminal: {
    of: "store",
    row: (p) => sql`
    insert into terminal (id, org_id, serial, model_id, supplier_id, bought_on, warranty_until)
    values (${idOf(p, "terminal")}::bigint, ${p.orgId}::uuid, ${`serial ${p.mark}`},
      ${idOf(ownerOf(p), "model")}::bigint, ${idOf(ownerOf(p), "supplier")}::bigint, '2025-03-01',
      '2027-03-01')`,
  },
  terminal_store: {
    of: "store",
    row: (p) => sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(p, "store")}::bigint, '1970-01-01')`,
  },
  terminal_tid: {
    of: "store",
    row: (p) => sql`
    insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, ${idOf(ownerOf(p), "acquirer")}::bigint,
      ${`tid ${p.mark}`}, '1970-01-01')`,
  },
  terminal_status: {
    of: "store",
    row: (p) => sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    values (${p.orgId}::uuid, ${idOf(p, "terminal")}::bigint, 'active', '1970-01-01')`,
  },
  code_pack: {
    of: "organisation",
    row: (p) => sql`
    insert into code_pack (id, org_id, code_system, version)
    values (${idOf(p, "pack")}::bigint, ${p.orgId}::uuid, ${`system ${p.mark}`}, 1)`,
  },
  response_code: {
    of: "organisation",
    row: (p) => sql`
    insert into response_code (id, org_id, pack_id, code, cause, subcause, remedy, retry,
      device_attributable, confidence, meaning_en, meaning_zh)
    values (${idOf(p, "code")}::bigint, ${p.orgId}::uuid, ${idOf(p, "pack")}::bigint, ${`code ${p.mark}`},
      'device', 'printer', 'none', 'unknown', 'true', 'high', ${p.mark}, ${p.mark})`,
  },
  unmapped_code: {
    of: "organisation",
    row: (p) => sql`
    insert into unmapped_code (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
    values (${p.orgId}::uuid, '', ${`unmapped ${p.mark}`}, now(), now(), 1)`,
  },
}
