import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { quietKeyOf } from "@/lib/insight/flags/advance"
import { closesAtOnce, closingOutcomes, quietDays, type Outcome } from "@/lib/insight/flags/outcomes"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"

/**
 * The keys (`quietKeyOf`) of flags that a finding has closed lately. They do not open again yet. One whose
 * condition was gone before it was said to be fixed remotely may: what fails again is a new failure.
 */
export async function quietFlags(
  db: Db,
  { ids, now }: { ids: readonly number[]; now: Date },
): Promise<ReadonlySet<string>> {
  const found = await db.query<{ rule: RuleName; kind: FlagKind; subject: string; outcome: Outcome }>(sql`
    select distinct n.rule, f.kind, n.subject, n.outcome
      from finding n
      join flag f on f.id = n.flag_id
     where n.terminal_id = any(${[...ids]}::bigint[])
       and (n.outcome = any(${[...closingOutcomes]}::text[])
         or (n.outcome = 'fixed' and f.closed_at = n.found_at))
       and (n.outcome <> 'fixed_remotely' or (f.closed_at = n.found_at and f.clear_runs = 0))
       and n.found_at > ${now}::timestamptz - ${quietDays}::int * interval '1 day'`)
  const isQuiet = ({ outcome, rule }: { outcome: Outcome; rule: RuleName }) =>
    outcome === "fixed" || closesAtOnce(outcome, rule)
  return new Set(found.filter(isQuiet).map(quietKeyOf))
}
