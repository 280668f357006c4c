import { groupBy } from "@/lib/base/group-by"
import { carrierTroubles } from "@/lib/insight/engine/incidents/carrier"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { storeTrouble } from "@/lib/insight/engine/incidents/site"
import type { Count } from "@/lib/insight/engine/terms/input"
import { gates } from "@/lib/insight/engine/terms/settings"

/** A terminal's line today, without the failures of outages that are found already. */
export type Line = Count & {
  terminal: string
  store: string
  carrier: string
  acquirer: string
  day: number
  /** The last two hours. */
  recent: Count
}

const sum = (counts: readonly Count[]): Count =>
  counts.reduce<Count>(
    (total, { observed, expected }) => ({
      observed: total.observed + observed,
      expected: total.expected + expected,
    }),
    { observed: 0, expected: 0 },
  )

/** Whether these lines did not fail more than usual in the last two hours. */
export function areQuiet(lines: readonly Line[]): boolean {
  const { observed, expected } = sum(lines.map(({ recent }) => recent))
  return observed <= Math.max(1, 2 * expected)
}

/** Stores and carriers whose lines are bad now, by what failed today. */
export function lineTroubles(lines: readonly Line[]): Trouble[] {
  const carriers = [...groupBy(lines, ({ day }) => day)].flatMap(([day, ofDay]) =>
    carrierTroubles(ofDay, day),
  )
  const now = carriers.filter(
    ({ subject }) =>
      subject.cls === "carrier" && !areQuiet(lines.filter(({ carrier }) => carrier === subject.carrier)),
  )
  const down = new Set(now.flatMap(({ subject }) => (subject.cls === "carrier" ? [subject.carrier] : [])))
  const others = lines.filter(({ carrier }) => !down.has(carrier))
  const bad = [...groupBy(others, ({ store }) => store)].flatMap(([store, ofStore]) => {
    const [first] = ofStore
    if (!first || areQuiet(ofStore)) return []
    return (
      storeTrouble(
        store,
        first.day,
        ofStore.map((line) => ({ carrier: line.carrier, days: [line] })),
      ) ?? []
    )
  })
  return [...now, ...bad].filter(({ p }) => p < gates.certain)
}
