import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { isUp } from "@/lib/insight/engine/incidents/outages"
import { sumOfCounts, type Count } from "@/lib/insight/engine/terms/input"

/** What failed of the line of a terminal. The terminals of a store may have several carriers. */
export type CarrierLine = Count & { carrier: string; store: string }

const size = 30
const rare = 1e-6
const mostStores = 0.5
const fewestStores = 4

/** Carriers whose stores mostly have bad lines on the same day. */
export const carrierTroubles = (lines: readonly CarrierLine[], day: number): Trouble[] =>
  [...groupBy(lines, ({ carrier }) => carrier)].flatMap(([carrier, terminals]) => {
    const stores = [...groupBy(terminals, ({ store }) => store).values()].map(sumOfCounts)
    const up = stores.filter(isUp)
    if (carrier === "" || up.length < fewestStores || up.length < mostStores * stores.length) return []
    const { observed, expected } = sumOfCounts(stores)
    const p = upperTail(observed, expected, size)
    return p < rare ? [{ subject: { cls: "carrier" as const, carrier }, day, observed, expected, p }] : []
  })
