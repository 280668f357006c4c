import { groupBy } from "@/lib/base/group-by"
import { effectOf, sumOf, type Sums } from "@/lib/insight/rollouts/effect"
import type { Ring } from "@/lib/insight/rollouts/schemas"

/** A store that got a release. */
export type RingStore = Sums & {
  storeId: number
  /** The ring that its terminals are labelled with. */
  label: string | null
  firstOn: string
  terminals: number
}

/** The rings of a rollout in the order in which they got it: by label if there is one, else by day. */
export function ringsOf(stores: readonly RingStore[]): Ring[] {
  const isLabelled = stores.some(({ label }) => label !== null)
  const groups = groupBy(stores, ({ label, firstOn }) => (isLabelled ? label : firstOn))
  return [...groups.values()]
    .map((ring): Ring => {
      const days = ring.map(({ firstOn }) => firstOn).toSorted()
      return {
        label: isLabelled ? (ring[0]?.label ?? null) : null,
        firstOn: days.at(0) ?? "",
        lastOn: days.at(-1) ?? "",
        stores: ring.length,
        terminals: ring.reduce((sum, { terminals }) => sum + terminals, 0),
        effect: effectOf(sumOf(ring)),
      }
    })
    .toSorted((a, b) => (a.firstOn === b.firstOn ? 0 : a.firstOn < b.firstOn ? -1 : 1))
}
