import { gzipSync } from "node:zlib"
import sql from "sql-template-tag"
import { uuidOf, type Filler, type Place } from "@/tests/support/tables/place"

const detected = ({ mark }: Place) => ({
  format: "csv",
  encoding: "utf8",
  delimiter: ",",
  headers: [`column ${mark}`],
})
const profile = ({ mark }: Place) => ({
  name: `profile ${mark}`,
  description: "",
  kind: "heartbeats",
  timeZone: "UTC",
  columns: {},
  fields: {},
})

/** Rows of imports. */
export const importFillers: Record<string, Filler> = {
  import_run: {
    of: "organisation",
    row: (p) => sql`
    insert into import_run (id, org_id, state, kind, file_name, file_hash, total_rows, detected, source)
    values (${uuidOf(p, "import")}::uuid, ${p.orgId}::uuid, 'uploaded', 'heartbeats', ${`file ${p.mark}`},
      ${p.mark}, 1,
      ${JSON.stringify(detected(p))}::jsonb, '{"form": "bytes", "encoding": null}')`,
  },
  import_chunk: {
    of: "organisation",
    row: (p) => sql`
    insert into import_chunk (import_id, number, org_id, first_row, row_count, bytes)
    values (${uuidOf(p, "import")}::uuid, 0, ${p.orgId}::uuid, 0, 1,
      ${gzipSync(`${JSON.stringify(["hash", null, `cell ${p.mark}`])}\n`)}::bytea)`,
  },
  import_source: {
    of: "organisation",
    row: (p) => sql`
    insert into import_source (import_id, number, org_id, bytes)
    values (${uuidOf(p, "import")}::uuid, 0, ${p.orgId}::uuid,
      ${gzipSync(`column ${p.mark}\ncell ${p.mark}\n`)}::bytea)`,
  },
  import_reject: {
    of: "organisation",
    row: (p) => sql`
    insert into import_reject (import_id, line, org_id, code, message, "row")
    values (${uuidOf(p, "import")}::uuid, 1, ${p.orgId}::uuid, 'invalid', 'wrong',
      ${JSON.stringify({ [`column ${p.mark}`]: `row ${p.mark}` })})`,
  },
  import_result: {
    of: "organisation",
    row: (p) => sql`
    insert into import_result (import_id, line, org_id, outcome, serial)
    values (${uuidOf(p, "import")}::uuid, 1, ${p.orgId}::uuid, 'created', ${`row ${p.mark}`})`,
  },
  import_profile: {
    of: "organisation",
    row: (p) => sql`
    insert into import_profile (id, org_id, name, profile)
    values (${uuidOf(p, "profile")}::uuid, ${p.orgId}::uuid, ${`profile ${p.mark}`},
      ${JSON.stringify(profile(p))}::jsonb)`,
  },
  card_key: {
    of: "organisation",
    row: (p) => sql`insert into card_key (org_id, key) values (${p.orgId}::uuid, ${p.mark}::bytea)`,
  },
}
