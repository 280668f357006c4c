import { inParts } from "@/components/quarantine/in-parts"
import { useSteps, type Step } from "@/components/quarantine/use-steps"
import { correctClock, discardOrRestore, replayMany } from "@/lib/intake/quarantine/queries"
import type { Replayed, ReplayInput } from "@/lib/intake/quarantine/schemas"

export type Filter = Omit<ReplayInput, "cursor" | "ids">

const replayed = ({ resolved, rejected, left, nextCursor }: Replayed): Step => ({
  done: resolved,
  failed: rejected,
  left,
  nextCursor,
})

/** Actions on the selected records, or on all `count` records of the filter if none is selected. */
export function useManySteps(
  filter: Filter,
  { selected, count, onDone }: { selected: readonly string[]; count: number; onDone: () => void },
) {
  const { run, start, stop, close } = useSteps()
  const isAll = selected.length === 0
  const total = isAll ? count : selected.length
  const replay = () =>
    start(
      "replay",
      total,
      isAll
        ? async (cursor) => replayed(await replayMany({ ...filter, cursor }))
        : inParts(selected, async (ids) => replayed(await replayMany({ ids }))),
    ).then(onDone)
  const move = (verb: "discard" | "restore") => {
    // Records that arrive after the click are not included.
    const receivedBefore = new Date().toISOString()
    const moveAll = async (): Promise<Step> => {
      const { moved, left } = await discardOrRestore(verb, { ...filter, receivedBefore })
      return { done: moved, failed: 0, left, nextCursor: moved > 0 && left > 0 ? "next" : null }
    }
    const moveSelected = inParts(selected, async (ids) => {
      const { moved } = await discardOrRestore(verb, { ids })
      return { done: moved, failed: 0 }
    })
    return start(verb, total, isAll ? moveAll : moveSelected).then(onDone)
  }
  const correctClocks = (terminal: string, aheadSeconds: number) =>
    start("clock", count, async (cursor) =>
      replayed(await correctClock({ ...filter, code: undefined, terminal, cursor }, aheadSeconds)),
    )
  return { run, stop, close, replay, move, correctClock: correctClocks }
}
