import type { Count } from "@/lib/insight/engine/terms/input"
import type { Reason } from "@/lib/insight/flags/schemas"

type FailsOften = Extract<Reason, { code: "fails_often" }>
export type RuledOut = FailsOften["ruledOut"]

type Found = Pick<FailsOften, "rule" | "test" | "on" | "p" | "ratio"> &
  Count & { interval: readonly [low: number, high: number] }

const rounded = (value: number) => Number(value.toPrecision(3))

/** The reason of a flag, with numbers as they are shown. */
export const failsOften = (
  { rule, test, on, p, ratio, interval: [low, high], observed, expected }: Found,
  ruledOut: RuledOut,
): Reason => ({
  code: "fails_often",
  rule,
  test,
  observed: Math.round(observed),
  expected: rounded(expected),
  ratio: rounded(ratio),
  low: rounded(low),
  high: rounded(high),
  p: rounded(p),
  on,
  ruledOut: ruledOut.map((one) => ({
    ...one,
    observed: Math.round(one.observed),
    expected: rounded(one.expected),
  })),
})
