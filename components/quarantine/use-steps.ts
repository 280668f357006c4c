import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"

/** The result of a step, and the cursor of the next one. */
export type Step = { done: number; failed: number; left: number; nextCursor: string | null }
export type Work = "replay" | "clock" | "discard" | "restore"
export type Run = {
  work: Work
  total: number
  done: number
  failed: number
  state: "running" | "stopping" | "done" | "stopped" | "broken"
  detail?: string
}

/** Runs an action on many records in steps, until all are done or it is stopped. */
export function useSteps() {
  const client = useQueryClient()
  const [run, setRun] = useState<Run | null>(null)
  const isWanted = useRef(false)
  // Leaving the page stops it.
  useEffect(() => () => void (isWanted.current = false), [])

  const start = async (work: Work, total: number, step: (cursor: string | undefined) => Promise<Step>) => {
    let now: Run = { work, total, done: 0, failed: 0, state: "running" }
    isWanted.current = true
    setRun(now)
    try {
      let cursor: string | undefined
      do {
        const { done, failed, left, nextCursor } = await step(cursor)
        const [allDone, allFailed] = [now.done + done, now.failed + failed]
        now = { ...now, done: allDone, failed: allFailed, total: allDone + allFailed + left }
        setRun(isWanted.current ? now : { ...now, state: "stopping" })
        cursor = nextCursor ?? undefined
      } while (cursor !== undefined && isWanted.current)
      setRun({ ...now, state: cursor === undefined ? "done" : "stopped" })
    } catch (error) {
      setRun({ ...now, state: "broken", detail: error instanceof Error ? error.message : "" })
    }
    await client.invalidateQueries()
  }
  const stop = () => {
    isWanted.current = false
    setRun((now) => (now?.state === "running" ? { ...now, state: "stopping" } : now))
  }
  return { run, start, stop, close: () => setRun(null) }
}
