import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { ruleNames, urgencyOf } from "@/lib/insight/flags/words"

/** Writes the urgencies of flags anew where an earlier version had other rules, and so other urgencies. */
export const writeUrgencies = (db: Db) =>
  db.query(sql`
  update flag f
     set urgency = g.urgency
    from unnest(${[...ruleNames]}::text[],
                ${ruleNames.map((rule) => urgencyOf({ rule, kind: "maintenance" }))}::int[])
           as g (rule, urgency)
   where f.rule = g.rule and f.urgency <> g.urgency
     and not (f.rule = 'self_check' and f.kind = 'replacement')`)
