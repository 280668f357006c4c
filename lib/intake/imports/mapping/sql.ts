import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

export const profilesOf = (db: Db) =>
  db.query<{ name: string; profile: RecordProfile }>(
    sql`select name, profile from import_profile order by name`,
  )

export const saveProfile = (db: Db, { orgId, profile }: { orgId: string; profile: RecordProfile }) =>
  db.query(sql`
  insert into import_profile (org_id, name, profile)
  values (${orgId}::uuid, ${profile.name}, ${JSON.stringify(profile)}::jsonb)
  on conflict (org_id, name) do update set profile = excluded.profile, updated_at = now()`)
