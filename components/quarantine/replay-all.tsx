"use client"

import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { replayMany } from "@/lib/quarantine/queries"
import type { ReplayQuery } from "@/lib/quarantine/schemas"

type Run = { total: number; resolved: number; rejected: number; state: "running" | "stopping" | "done" | "stopped" | "failed"; detail?: string }

/** Replays all open records of the filter, step by step, with progress and the result. */
export function ReplayAll({ filter, count }: { filter: Omit<ReplayQuery, "cursor">; count: number }) {
  const t = useTranslations("quarantine.replayAll")
  const client = useQueryClient()
  const [run, setRun] = useState<Run | null>(null)
  const isWanted = useRef(false)
  // Whoever leaves the page does not want the next step.
  useEffect(() => () => void (isWanted.current = false), [])

  const start = async () => {
    let now: Run = { total: count, resolved: 0, rejected: 0, state: "running" }
    isWanted.current = true
    setRun(now)
    try {
      let cursor: string | undefined
      do {
        const { resolved, rejected, left, nextCursor } = await replayMany({ ...filter, cursor })
        const [allResolved, allRejected] = [now.resolved + resolved, now.rejected + rejected]
        now = { ...now, resolved: allResolved, rejected: allRejected, total: allResolved + allRejected + left }
        setRun(isWanted.current ? now : { ...now, state: "stopping" })
        cursor = nextCursor ?? undefined
      } while (cursor !== undefined && isWanted.current)
      setRun({ ...now, state: cursor === undefined ? "done" : "stopped" })
    } catch (error) {
      setRun({ ...now, state: "failed", detail: error instanceof Error ? error.message : "" })
    }
    await client.invalidateQueries()
  }
  const stop = () => {
    isWanted.current = false
    setRun((now) => (now?.state === "running" ? { ...now, state: "stopping" } : now))
  }

  if (run === null) {
    return count === 0 ? null : <Group><Button size="xs" variant="light" onClick={() => void start()}>{t("start", { count })}</Button></Group>
  }
  const { total, resolved, rejected, state, detail } = run
  const isRunning = state === "running" || state === "stopping"
  return (
    <Alert color={state === "failed" ? "red" : rejected > 0 ? "orange" : "teal"} role="status" title={t(state)} withCloseButton={!isRunning} closeButtonLabel={t("close")} onClose={() => setRun(null)}>
      <Stack gap="xs">
        <Text size="sm">{t("result", { resolved, rejected })} {detail}</Text>
        {isRunning ? <Progress value={total === 0 ? 100 : (100 * (resolved + rejected)) / total} animated aria-label={t("running")} /> : null}
        {isRunning ? <Group><Button size="compact-xs" variant="default" disabled={state === "stopping"} onClick={stop}>{t("stop")}</Button></Group> : null}
      </Stack>
    </Alert>
  )
}
