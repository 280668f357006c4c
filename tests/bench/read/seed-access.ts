import sql from "sql-template-tag"
import { actions } from "@/lib/access/audit/actions"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import type { Db } from "@/lib/base/db/transaction"
import type { Seeded } from "@/tests/bench/read/seeded"

/** Each kind of reader has several users, because requests are limited by user. */
export const usersOfAKind = 10
const otherUsers = 280
export const limitedStores = 200
export const linkToken = "t".repeat(43)

/** The stores of a limited user lie in the whole fleet. */
export const storesOfLimited = ({ stores }: Pick<Seeded, "stores">): number[] =>
  Array.from(
    { length: Math.min(limitedStores, stores) },
    (_, i) => 2 + Math.floor((i * stores) / Math.min(limitedStores, stores)),
  )

/** Users, keys, links and audit entries. */
export async function addAccess(db: Db, seeded: Seeded): Promise<void> {
  const org = sql`${seeded.orgId}::uuid`
  const reach = JSON.stringify({ merchants: [], regions: [], stores: storesOfLimited(seeded) })
  await db.query(sql`
    insert into app_user (org_id, email, name, role, reach)
    select ${org}, kind || n || '@example.com', kind || ' ' || n,
           case kind when 'admin' then 'admin' else 'viewer' end,
           case kind when 'limited' then ${reach}::jsonb end
      from (values ('admin', ${usersOfAKind}::int), ('limited', ${usersOfAKind}::int),
                   ('viewer', ${otherUsers}::int)) kinds (kind, many)
     cross join lateral generate_series(1, many) n`)
  await db.query(sql`
    insert into account_link (org_id, user_id, purpose, token_hash, expires_at)
    select ${org}, id, 'reset', ${hashSecret(linkToken)}::bytea, now() + interval '9 days'
      from app_user where org_id = ${org} and email = 'viewer1@example.com'`)
  await db.query(sql`
    insert into api_key (org_id, label, prefix, key_hash, scopes)
    select ${org}, 'key ' || n, 'tw_' || n, sha256(n::text::bytea), '{read}' from generate_series(1, 40) n`)
  await db.query(sql`
    insert into group_mapping (org_id, group_name, role)
    select ${org}, 'group ' || n, 'viewer' from generate_series(1, 10) n`)
  await db.query(sql`
    insert into audit_entry (org_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
      subject_name, before, after)
    select ${org}, now() - interval '90 days' * (1 - n::float8 / ${3 * seeded.terminals}::bigint), 'user',
           (n % 50)::text, 'user ' || n % 50, (${[...actions]}::text[])[1 + n % ${actions.length}::int],
           'terminal', (n % 1000)::text, 'SN' || n % 1000, '{"labels": []}', '{"labels": ["counter"]}'
      from generate_series(1, ${3 * seeded.terminals}::bigint) n`)
}
