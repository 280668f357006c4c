import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { isUp } from "@/lib/insight/engine/incidents/outages"
import type { Count } from "@/lib/insight/engine/terms/input"

export type StoreLine = Count & { carrier: string; store: string }

const size = 30
const rare = 1e-6
const mostStores = 0.5
const fewestStores = 4

/** Carriers whose stores mostly have bad lines on the same day. */
export const carrierTroubles = (lines: readonly StoreLine[], day: number): Trouble[] =>
  [...groupBy(lines, ({ carrier }) => carrier)].flatMap(([carrier, stores]) => {
    const up = stores.filter(isUp)
    if (carrier === "" || up.length < fewestStores || up.length < mostStores * stores.length) return []
    const observed = stores.reduce((sum, one) => sum + one.observed, 0)
    const expected = stores.reduce((sum, one) => sum + one.expected, 0)
    const p = upperTail(observed, expected, size)
    return p < rare ? [{ subject: { cls: "carrier" as const, carrier }, day, observed, expected, p }] : []
  })
