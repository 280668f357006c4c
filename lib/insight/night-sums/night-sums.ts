import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup } from "@/lib/base/db/transaction"
import { rowsIn } from "@/lib/base/numbers-of-rows"
import { distinctTexts, type DistinctTexts } from "@/lib/base/text/distinct-texts"
import { channels } from "@/lib/fleet/code-packs/cause"
import { kinds, subkinds, type Kind } from "@/lib/fleet/code-packs/kind"
import type { Count, OperatorSums, TerminalSums } from "@/lib/insight/engine/terms/input"
import {
  countOperators,
  countTerminals,
  expectedFromOf,
  operatorsOf,
  readers,
  terminalsOf,
  type OperatorRow,
  type TerminalRow,
} from "@/lib/insight/night-sums/sql"
import { prepareSession } from "@/lib/rollups/fold/sql/claim"
import { operatorChannels } from "@/lib/rollups/fold/sql/operators"
import { millionths } from "@/lib/rollups/reference/rate-names"

export type NightSums = { sums: Iterable<TerminalSums>; operators: Iterable<OperatorSums> }

/**
 * What has come in of each terminal and operator since the night before, of days up to `night`. Each record
 * counts in one night. A night may be counted again until its result is kept: it then has what came in
 * meanwhile, too. A later night must not begin before that.
 */
export async function nightSums({ orgId, night }: { orgId: string; night: string }): Promise<NightSums> {
  const [from] = await asWorker((db) => expectedFromOf(db, orgId))
  const counting = { orgId, night, expectedFrom: from?.day ?? null }
  const names = distinctTexts()
  const groups = await inEveryGroup((group) =>
    asWorkerInGroup(group, async (db) => {
      await prepareSession(db)
      await countTerminals(db, counting)
      await countOperators(db, counting)
      return {
        sums: await terminalsOf(db, counting, (rows) => block(rows, numbersOfTerminal)),
        operators: await operatorsOf(db, counting, (rows) =>
          block(rows, (row) => numbersOfOperator(row, names)),
        ),
      }
    }),
  )
  return {
    sums: rowsIn(
      groups.flatMap(({ sums }) => sums),
      terminalSums,
    ),
    operators: rowsIn(
      groups.flatMap(({ operators }) => operators),
      (next) => operatorSums(next, names),
    ),
  }
}

const block = <Row>(rows: readonly Row[], numbersOf: (row: Row) => number[]): Float64Array =>
  Float64Array.from(rows.flatMap(numbersOf))

const dayMs = 86_400_000
/** Days since 1970, as the engine counts them. */
export const dayNumber = (day: string): number => Date.parse(day) / dayMs

const numbersOfTerminal = (row: TerminalRow): number[] => [
  row.terminal_id,
  dayNumber(row.day),
  row.presentments,
  ...channels.flatMap((kind) => [row[`ch_${kind}`], row[`e_${kind}`]]),
  ...subkinds.flatMap((kind) => [row[`k_${kind}`], row[`e_${kind}`]]),
  ...readers.flatMap((reader) => [row[`${reader}_failures`], row[`${reader}_reads`]]),
  row.app_crashes,
  row.crash_hours,
]

const numbersOfOperator = (row: OperatorRow, names: DistinctTexts): number[] => [
  row.terminal_id,
  names.numberOf(row.operator),
  dayNumber(row.day),
  ...operatorChannels.flatMap((kind) => [row[`ch_${kind}`], row[`e_${kind}`]]),
]

const countIn = (next: () => number): Count => ({ observed: next(), expected: next() / millionths })
const readsIn = (next: () => number) => ({ observed: next(), exposure: next() })

function terminalSums(next: () => number): TerminalSums {
  const [terminal, day, presentments] = [String(next()), next(), next()]
  const counted: Partial<Record<Kind, Count>> = {}
  for (const kind of kinds) counted[kind] = countIn(next)
  const [chipReads, tapReads, swipeReads] = [readsIn(next), readsIn(next), readsIn(next)]
  const crashes = { observed: next(), exposure: next() / 24 }
  return {
    terminal,
    day,
    presentments,
    kinds: counted,
    counters: { chipReads, tapReads, swipeReads, crashes },
  }
}

function operatorSums(next: () => number, names: DistinctTexts): OperatorSums {
  const [terminal, operator, day] = [String(next()), names.textOf(next()), next()]
  const [user, chip, contactless, magstripe] = [countIn(next), countIn(next), countIn(next), countIn(next)]
  return { terminal, operator, day, user, chip, contactless, magstripe }
}
