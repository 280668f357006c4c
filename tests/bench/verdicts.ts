import { readFileSync } from "node:fs"
import { join } from "node:path"
import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { diagnose } from "@/lib/insight/diagnoses/diagnose"
import { DiagnosisRequest } from "@/lib/insight/diagnoses/schemas"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { inBenchDatabase } from "@/tests/bench/bench-database"
import { cpuSeconds, quantile } from "@/tests/bench/measure"
import { givenBeatingFleet } from "@/tests/bench/silent-fleet"
import type { Organisation } from "@/tests/support/factories"

type Options = { failed: number; say: (text: string) => void }

const days = 7
const salesOfDay = 12
/** Every so many sales one fails. */
const oneIn = 4
const diagnoses = 200
const codes = ["51", "05", "55", "54", "91", "99", "14", "03"]

/**
 * Judges so many failed sales of a week, and asks for diagnoses while further sales come in, are folded and
 * judged.
 */
export async function benchVerdicts({ failed, say }: Options): Promise<Record<string, number>> {
  return inBenchDatabase(async () => {
    const terminals = Math.ceil((failed * oneIn) / (days * salesOfDay))
    const organisation = await givenBeatingFleet(terminals)
    await ensurePartitions()
    say(`${terminals * days * salesOfDay} sales of ${terminals} terminals come in and are folded`)
    for (let day = days; day > 0; day -= 1) await addSales(organisation, { name: `d${day}`, day, terminals })
    await foldAll()
    await asOwner((client) => client.query("vacuum (analyze)"))
    say("they are judged")
    const judged = await judging(organisation)
    say("diagnoses are asked for while sales come in")
    return { ...judged, ...(await diagnosing(organisation, terminals)) }
  })
}

type Sales = { name: string; day: number; terminals: number }

/** The sales of some terminals on a day, as a batch that waits for the fold. */
const addSales = ({ orgId }: Organisation, { name, day, terminals }: Sales) =>
  asWorker((db) =>
    db.query(sql`
      with batch as (
        insert into ingest_batch (org_id, kind, row_count, min_at, max_at)
        values (${orgId}::uuid, 'transaction', ${terminals * salesOfDay}::int,
                now() - ${day}::int * interval '1 day', now() - ${day - 1}::int * interval '1 day')
        returning id),
      known as (
        select array_agg(c.id order by c.code) as ids, array_agg(c.code order by c.code) as codes
          from response_code c
          join code_pack p on p.id = c.pack_id and p.org_id is null and p.code_system = 'unionpay'
         where c.code = any(${codes}::text[])),
      sold as (
        select t.id as terminal_id, n, (t.id * 31 + n * 17 + ${day}::int) as dice,
               now() - ${day}::int * interval '1 day' + n * interval '110 min'
                 + t.id % 600 * interval '10 s' as at
          from (select id from terminal where org_id = ${orgId}::uuid order by id
                 limit ${terminals}::int) t
         cross join generate_series(0, ${salesOfDay - 1}::int) n)
      insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, code_system, code,
        response_code_id, entry_mode, amount_minor, currency, issuer_bin, card_ref, operator)
      select s.terminal_id, ${name}::text || '-' || s.n, s.at, ${orgId}::uuid, batch.id,
             case when failed then 'declined' else 'approved' end, 'unionpay',
             case when failed then k.codes[1 + s.dice % ${codes.length}] else '00' end,
             case when failed then k.ids[1 + s.dice % ${codes.length}] end,
             (array['chip', 'contactless', 'swipe'])[1 + s.dice % 3], 100 + s.dice % 9000, 'CNY',
             (array['622202', '621700', '622848', '621661'])[1 + s.dice % 4],
             'card ' || (s.terminal_id * 7 + s.n * 13 + ${day}::int) % 200000, '0' || 1 + s.dice % 3
        from sold s
       cross join batch
       cross join known k
       cross join lateral (select s.dice % ${oneIn} = 0 as failed) f`),
  )

async function judging({ orgId }: Organisation): Promise<Record<string, number>> {
  const postgres = await postgresPid()
  const before = { node: process.cpuUsage(), postgres: cpuSeconds(postgres), at: performance.now() }
  const { judged } = await judgeFailedSales({ orgId, now: new Date() })
  const { user, system } = process.cpuUsage(before.node)
  return {
    "failed sales judged": judged,
    "judging: seconds": (performance.now() - before.at) / 1000,
    "judging: processor seconds, Node": (user + system) / 1_000_000,
    "judging: processor seconds, PostgreSQL": cpuSeconds(postgres) - before.postgres,
  }
}

const postgresPid = () =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("show data_directory")
    const [pid] = readFileSync(join(rows[0]?.data_directory ?? "", "postmaster.pid"), "utf8").split("\n")
    return Number(pid)
  })

async function diagnosing(organisation: Organisation, terminals: number): Promise<Record<string, number>> {
  const { actor, orgId } = organisation
  let isRunning = true
  const selling = (async () => {
    for (let round = 0; isRunning; round += 1) {
      await addSales(organisation, { name: `r${round}`, day: 1, terminals: Math.ceil(terminals / 100) })
      await foldAll()
      await judgeFailedSales({ orgId, now: new Date() })
    }
  })()
  const took: number[] = []
  try {
    for (let i = 0; i < diagnoses; i += 1) {
      const body = DiagnosisRequest.parse({
        terminal: `SN${1 + ((i * 37) % terminals)}`,
        codeSystem: "unionpay",
        code: codes[i % codes.length],
        entryMode: "chip",
        issuerBin: "622202",
        card: `card ${i}`,
      })
      const begun = performance.now()
      await diagnose({ actor, body })
      took.push(performance.now() - begun)
    }
  } finally {
    isRunning = false
    await selling
  }
  return { "diagnosis: p50, ms": quantile(took, 0.5), "diagnosis: p95, ms": quantile(took, 0.95) }
}
