import fc from "fast-check"
import { localDay } from "@/lib/base/time/zone"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { channelOfSubcause, type Subcause } from "@/lib/fleet/code-packs/subcauses"
import type { Sale } from "@/tests/support/walk"

const dayMs = 86_400_000
export const zones = ["Asia/Shanghai", "Asia/Kolkata", "America/St_Johns"]
const noon = Date.parse(`${localDay(new Date(Date.now() - 2 * dayMs), "Asia/Shanghai")}T12:00:00+08:00`)
/** Records gather where mistakes would show: at midnight of each zone, at the swap, and two days before. */
export const swapAt = noon + 1_800_000
const instants = [
  noon,
  swapAt,
  noon + 12 * 3_600_000,
  noon + 14.5 * 3_600_000,
  noon - 0.5 * 3_600_000,
  noon - 2 * dayMs,
]
export const terminalCount = 4
export const subcauses = Object.keys(channelOfSubcause) as Subcause[]

const failedReads = [...subcauses.keys()].filter(
  (i) => channelOfSubcause[subcauses[i] ?? "unmapped"] === "read",
)

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 })
/** Records lie so close together that retries, and gaps of just 180 s, are common. */
const time = fc
  .tuple(
    fc.constantFrom(...instants),
    fc.constantFrom(-240, -180, -60, -1, 0, 0, 60, 120, 180, 181, 300, 360),
  )
  .map(([instant, seconds]) => instant + seconds * 1000)
/** A clock that was wrong by minutes or days, seldom. */
const offset = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -3 * 86_400, max: 3 * 86_400 }).map((seconds) => seconds * 1000),
  },
)
const terminal = fc.nat(terminalCount - 1)
const sale = fc.record({
  terminal,
  time,
  offset,
  outcome: fc.constantFrom<Sale["outcome"][]>(
    ...(["approved", "declined", "declined", "failed", "failed", "cancelled", "reversed"] as const),
  ),
  entryMode: orNull(fc.constantFrom(...entryModes)),
  card: orNull(fc.constantFrom("a", "a", "b")),
  amount: orNull(fc.constantFrom(100, 100, 250)),
  // A code of the table (half of them of failed reads), one that no table knows, or none.
  code: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...subcauses.keys()) },
    { weight: 4, arbitrary: fc.constantFrom(...failedReads) },
    { weight: 1, arbitrary: fc.constantFrom("unmapped", null) },
  ),
  release: orNull(fc.constantFrom("5.1", "5.2")),
  acquirer: orNull(fc.constantFrom(7, 8)),
  issuer: orNull(fc.constantFrom("622200", "622201")),
  operator: orNull(fc.constantFrom("01", "02")),
})
const beat = fc.record({ terminal, time, offset, lines: orNull(fc.nat(500)) })

/** A sale that is sent, or sent again with other content. */
export type SaleStep = { index: number; isAgain: boolean }
type Step =
  | ({ kind: "sale" } & SaleStep)
  | { kind: "beat"; index: number }
  | { kind: "fold" }
  | { kind: "move"; at: number }
export type SaleSpec = typeof sale extends fc.Arbitrary<infer T> ? T : never
export type BeatSpec = typeof beat extends fc.Arbitrary<infer T> ? T : never
type Specs = { sales: SaleSpec[]; beats: BeatSpec[] }
export type History = Specs & { steps: Step[] }

const someTime = fc.integer({ min: -2 * 86_400, max: 86_400 }).map((seconds) => noon + seconds * 1000)
export const history: fc.Arbitrary<History> = fc
  .record({
    sales: fc.array(sale, { minLength: 30, maxLength: 100 }),
    beats: fc.array(beat, { maxLength: 30 }),
    again: fc.array(fc.nat(), { maxLength: 10 }),
    folds: fc.array(someTime, { maxLength: 5 }),
    moves: fc.array(fc.integer({ min: 1, max: 86_400 }), { maxLength: 1 }),
    // As they happened, a little out of order, or in no order.
    scatterMs: fc.constantFrom(0, 300_000, dayMs, 100 * dayMs),
  })
  .chain(({ sales, beats, again, folds, moves, scatterMs }) => {
    const timed: { time: number; step: Step }[] = [
      ...sales.map(({ time }, index) => ({ time, step: { kind: "sale" as const, index, isAgain: false } })),
      ...again.map((n) => {
        const index = n % sales.length
        return { time: sales[index]?.time ?? 0, step: { kind: "sale" as const, index, isAgain: true } }
      }),
      ...beats.map(({ time }, index) => ({ time, step: { kind: "beat" as const, index } })),
      ...folds.map((time) => ({ time, step: { kind: "fold" as const } })),
      ...moves.map((seconds) => ({
        time: noon + dayMs,
        step: { kind: "move" as const, at: swapAt + seconds * 1000 },
      })),
    ]
    const delay = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: timed.length,
      maxLength: timed.length,
    })
    return delay.map((delays) => ({
      sales,
      beats,
      steps: timed
        .map(({ time, step }, i) => ({ key: time + (delays[i] ?? 0) * scatterMs, step }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ step }) => step),
    }))
  })
