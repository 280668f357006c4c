import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { keyOf } from "@/lib/insight/flags/advance"
import { closingOutcomes, quietDays } from "@/lib/insight/flags/outcomes"
import type { RuleName } from "@/lib/insight/flags/words"

/** The keys of flags of these terminals that a finding has closed lately. They do not open again yet. */
export async function quietFlags(
  db: Db,
  { ids, now }: { ids: readonly number[]; now: Date },
): Promise<ReadonlySet<string>> {
  const found = await db.query<{ rule: RuleName; subject: string }>(sql`
    select distinct rule, subject
      from finding
     where terminal_id = any(${[...ids]}::bigint[]) and outcome = any(${[...closingOutcomes]}::text[])
       and found_at > ${now}::timestamptz - ${quietDays}::int * interval '1 day'`)
  return new Set(found.map(keyOf))
}
