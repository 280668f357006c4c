import sql from "sql-template-tag"
import { idOf, uuidOf, type Filler } from "@/tests/support/tables/place"

/** Rows of users, keys and audit entries. */
export const accessFillers: Record<string, Filler> = {
  app_user: {
    of: "organisation",
    row: (p) => sql`
    insert into app_user (id, org_id, email, name, role)
    values (${uuidOf(p, "user")}::uuid, ${p.orgId}::uuid, ${`${p.mark}@example.com`}, ${`name ${p.mark}`},
      'admin')`,
  },
  group_mapping: {
    of: "organisation",
    row: (p) => sql`
    insert into group_mapping (id, org_id, group_name, role)
    values (${idOf(p, "mapping")}::bigint, ${p.orgId}::uuid, ${`group ${p.mark}`}, 'viewer')`,
  },
  api_key: {
    of: "organisation",
    row: (p) => sql`
    insert into api_key (id, org_id, label, prefix, key_hash, scopes)
    values (${uuidOf(p, "key")}::uuid, ${p.orgId}::uuid, ${`label ${p.mark}`}, 'tw_',
      sha256(${p.mark}::bytea), '{read}')`,
  },
  session: {
    of: "organisation",
    row: (p) => sql`
    insert into session (id, org_id, user_id, user_agent)
    values (${uuidOf(p, "session")}::uuid, ${p.orgId}::uuid, ${uuidOf(p, "user")}::uuid,
      ${`browser ${p.mark}`})`,
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
    values (${p.orgId}::uuid, 'user', ${uuidOf(p, "user")}, ${`name ${p.mark}`}, 'user.invited', 'user',
      ${uuidOf(p, "user")}, ${`name ${p.mark}`})`,
  },
}
