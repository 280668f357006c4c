import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Outcome } from "@/lib/insight/flags/outcomes"
import type { Learnt } from "@/lib/insight/verdicts/learn-ratios"
import type { Shares } from "@/lib/insight/verdicts/priors"

type RatioRow = {
  version: number
  learnt_to: Date
  findings: number
  counts: Record<string, number>
  ratios: Learnt[]
}

export const newestRatios = (db: Db, orgId: string) =>
  db.query<RatioRow>(sql`
  select version, learnt_to, findings, counts, ratios
    from learnt_ratio
   where org_id = ${orgId}::uuid
   order by version desc
   limit 1`)

/** The newest versions of the reader's organisation. */
export const ratioVersions = (db: Db, limit: number) =>
  db.query<Omit<RatioRow, "counts">>(sql`
  select version, learnt_to, findings, ratios
    from learnt_ratio
   where org_id = ${ownOrg}
   order by version desc
   limit ${limit}::int`)

export const insertRatios = (db: Db, { orgId, ...row }: RatioRow & { orgId: string }) =>
  db.query(sql`
  insert into learnt_ratio (org_id, version, learnt_to, findings, counts, ratios)
  values (${orgId}::uuid, ${row.version}::int, ${row.learnt_to}::timestamptz, ${row.findings}::int,
    ${JSON.stringify(row.counts)}::jsonb, ${JSON.stringify(row.ratios)}::jsonb)
  on conflict do nothing`)

type Span = { orgId: string; after: Date | null; until: Date; rules: readonly string[] }

export type FindingRow = {
  id: number
  terminal_id: number
  rule: string
  outcome: Outcome
  since_at: Date
  found_at: Date
}

/** What was found at terminals in a span of time, with the beginning of the flag. */
export const findingsOf = (db: Db, { orgId, after, until, rules }: Span) =>
  db.query<FindingRow>(sql`
  select f.id, f.terminal_id, f.rule, f.outcome, g.since_at, f.found_at
    from finding f
    join flag g on g.id = f.flag_id
   where f.org_id = ${orgId}::uuid and f.terminal_id is not null and f.rule = any(${[...rules]}::text[])
     and f.found_at > coalesce(${after}::timestamptz, '-infinity') and f.found_at <= ${until}::timestamptz
   order by f.found_at, f.id`)

type Asked = { finding: number; terminalId: number; kinds: readonly string[]; from: Date; to: Date }

export type SaleOfFinding = Shares & { finding: number; kind: string; codes: string[] }

/** The judged sales of certain kinds that failed at a terminal while its flag was open. */
export const salesOfFindings = (db: Db, asked: readonly Asked[]) =>
  db.query<SaleOfFinding>(sql`
  select a.finding, v.kind, v.p_device as device, v.p_card as card, v.p_operator as operator,
         v.p_system as system, array(select e->>'code' from jsonb_array_elements(v.evidence) e) as codes
    from unnest(${asked.map(({ finding }) => finding)}::bigint[],
                ${asked.map(({ terminalId }) => terminalId)}::bigint[],
                ${asked.map(({ kinds }) => kinds.join(" "))}::text[],
                ${asked.map(({ from }) => from)}::timestamptz[], ${asked.map(({ to }) => to)}::timestamptz[])
         as a (finding, terminal_id, kinds, from_at, to_at)
    join verdict v on v.terminal_id = a.terminal_id and v.happened_at >= a.from_at
     and v.happened_at < a.to_at and v.kind = any(string_to_array(a.kinds, ' ')) and v.version > 0
   order by a.finding, v.happened_at, v.id`)
