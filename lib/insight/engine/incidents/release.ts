import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Count } from "@/lib/insight/engine/terms/input"
import type { Component } from "@/lib/insight/engine/terms/signals"

/** Failures of one signal in the last days: with a release, and with other releases of the same model. */
export type ReleaseCase = {
  model: string
  release: string
  component: Component
  inside: Count
  outside: Count
  terminals: number
  /** How many of its terminals fail more often than expected. */
  terminalsUp: number
}

const surest = 4.5
const leastRatio = 1.5
const mostTerminals = 0.55
const fewestTerminals = 8
/** Releases of one model differ a little even if none is bad. */
const usualVariance = 0.03

const z = ({ inside, outside }: ReleaseCase, ratio: number) =>
  Math.log(ratio) / Math.sqrt(1 / inside.observed + 1 / outside.observed + usualVariance)

/** Releases with which terminals of a model fail more often than with its others. */
export function releaseTroubles(cases: readonly ReleaseCase[], day: number): Trouble[] {
  const worst = new Map<string, { trouble: Trouble; sureness: number }>()
  for (const one of cases) {
    const { model, release, component, inside, outside, terminals, terminalsUp } = one
    if (terminals < fewestTerminals || inside.observed <= 0 || outside.observed <= 0) continue
    const ratio = inside.observed / inside.expected / (outside.observed / outside.expected)
    const sureness = z(one, ratio)
    if (!(sureness > surest && ratio > leastRatio && terminalsUp > mostTerminals * terminals)) continue
    const key = `${model}/${release}`
    if (sureness > (worst.get(key)?.sureness ?? 0))
      worst.set(key, {
        sureness,
        trouble: {
          subject: { cls: "firmware", model, release },
          day,
          observed: inside.observed,
          expected: (inside.expected * outside.observed) / outside.expected,
          component,
          p: Math.exp(-(sureness * sureness) / 2),
        },
      })
  }
  return [...worst.values()].map(({ trouble }) => trouble)
}
