import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup } from "@/lib/base/db/transaction"
import { channels } from "@/lib/fleet/code-packs/cause"
import { subkinds, type Kind } from "@/lib/fleet/code-packs/kind"
import type { Count, OperatorSums, TerminalSums } from "@/lib/insight/engine/terms/input"
import {
  countOperators,
  countTerminals,
  expectedFromOf,
  operatorsOf,
  terminalsOf,
  type OperatorRow,
  type TerminalRow,
} from "@/lib/insight/night-sums/sql"
import { prepareSession } from "@/lib/rollups/fold/sql/claim"
import { millionths } from "@/lib/rollups/reference/rate-names"

export type NightSums = { sums: TerminalSums[]; operators: OperatorSums[] }

/**
 * What has come in of each terminal and operator since the night before, of days up to `night`. Each record
 * counts in one night. A night may be counted again until its result is kept: it then has what came in
 * meanwhile, too. A later night must not begin before that.
 */
export async function nightSums({ orgId, night }: { orgId: string; night: string }): Promise<NightSums> {
  const [from] = await asWorker((db) => expectedFromOf(db, orgId))
  const counting = { orgId, night, expectedFrom: from?.day ?? null }
  const groups = await inEveryGroup((group) =>
    asWorkerInGroup(group, async (db) => {
      await prepareSession(db)
      await countTerminals(db, counting)
      await countOperators(db, counting)
      return {
        sums: await terminalsOf(db, counting, terminalSums),
        operators: await operatorsOf(db, counting, operatorSums),
      }
    }),
  )
  return { sums: groups.flatMap(({ sums }) => sums), operators: groups.flatMap(({ operators }) => operators) }
}

const dayMs = 86_400_000
/** Days since 1970, as the engine counts them. */
export const dayNumber = (day: string): number => Date.parse(day) / dayMs

const countOf = (observed: number, expected: number): Count => ({
  observed,
  expected: expected / millionths,
})

function terminalSums(row: TerminalRow): TerminalSums {
  const kinds: Partial<Record<Kind, Count>> = {}
  for (const kind of channels) kinds[kind] = countOf(row[`ch_${kind}`], row[`e_${kind}`])
  for (const kind of subkinds) kinds[kind] = countOf(row[`k_${kind}`], row[`e_${kind}`])
  return {
    terminal: String(row.terminal_id),
    day: dayNumber(row.day),
    presentments: row.presentments,
    kinds,
    counters: {
      chipReads: { observed: row.chip_failures, exposure: row.chip_reads },
      tapReads: { observed: row.tap_failures, exposure: row.tap_reads },
      swipeReads: { observed: row.swipe_failures, exposure: row.swipe_reads },
      crashes: { observed: row.app_crashes, exposure: row.crash_hours / 24 },
    },
  }
}

const operatorSums = (row: OperatorRow): OperatorSums => ({
  terminal: String(row.terminal_id),
  operator: row.operator,
  day: dayNumber(row.day),
  user: countOf(row.ch_user, row.e_user),
  chip: countOf(row.ch_chip, row.e_chip),
  contactless: countOf(row.ch_contactless, row.e_contactless),
  magstripe: countOf(row.ch_magstripe, row.e_magstripe),
})
