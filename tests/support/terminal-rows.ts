import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { type Fleet } from "@/tests/support/terminal-files"

/** The current inventory, with the number of assignments of each terminal. */
type KnownTerminal = { serial: string; tids: string | null }

export const inventory = ({ orgId }: Fleet) =>
  asWorker((db) =>
    db.query<KnownTerminal>(sql`
  select t.serial, m.name as model, u.status, s.code as store, s.name as store_name, c.name as merchant,
         r.name as region, s.address, s.time_zone,
         (select string_agg(coalesce(q.code, '') || '/' || a.tid, ' ' order by a.tid) from terminal_tid a
           left join acquirer q on q.id = a.acquirer_id where a.terminal_id = t.id
             and a.to_at is null) as tids,
         (select count(*)::int from terminal_store p where p.terminal_id = t.id) as placed
    from terminal t
    left join terminal_model m on m.id = t.model_id
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
    left join merchant c on c.id = s.merchant_id
    left join region r on r.id = s.region_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
   where t.org_id = ${orgId}::uuid
   order by t.serial`),
  )

export const countsOf = async ({ orgId }: Fleet): Promise<Record<string, number>> =>
  (
    await asWorker((db) =>
      db.query<Record<string, number>>(sql`
  select (select count(*)::int from terminal where org_id = o.id) as terminals,
         (select count(*)::int from store where org_id = o.id) as stores,
         (select count(*)::int from merchant where org_id = o.id) as merchants,
         (select count(*)::int from region where org_id = o.id) as regions,
         (select count(*)::int from terminal_model where org_id = o.id) as models,
         (select count(*)::int from acquirer where org_id = o.id) as acquirers,
         (select count(*)::int from terminal_tid where org_id = o.id) as tids,
         (select count(*)::int from terminal_store where org_id = o.id) as placings,
         (select count(*)::int from terminal_status where org_id = o.id) as statuses,
         (select count(*)::int from audit_entry where org_id = o.id) as entries
    from organisation o
   where o.id = ${orgId}::uuid`),
    )
  )[0] ?? {}

export const header = "序列号,终端号,收单机构,型号,状态,商户名称,区域,门店编号,门店名称,地址,时区"

export const rowOf = (i: number) =>
  `SN${i},T${i},lakala,P2,在用,Chain,East,S${i % 3},Shop ${i % 3},Road ${i % 3},Asia/Shanghai`

export const rows = (count: number) => [header, ...Array.from({ length: count }, (_, i) => rowOf(i))]
