"use client"

import { Button, Group } from "@mantine/core"
import { useTranslations } from "next-intl"
import { ClockOfTerminal } from "@/components/quarantine/clock-of-terminal"
import { DiscardAll } from "@/components/quarantine/discard-all"
import { RunAlert } from "@/components/quarantine/run-alert"
import { useSteps, type Step } from "@/components/quarantine/use-steps"
import { correctClock, putAside, replayMany } from "@/lib/intake/quarantine/queries"
import type { ReplayQuery, Replayed } from "@/lib/intake/quarantine/schemas"
import { clockCodes, type QuarantineState } from "@/lib/intake/quarantine/words"

type Props = { filter: Omit<ReplayQuery, "cursor">; state: QuarantineState; count: number }

const replayed = ({ resolved, rejected, left, nextCursor }: Replayed): Step => ({
  done: resolved,
  failed: rejected,
  left,
  nextCursor,
})

/** Actions for all records of the filter. */
export function ManyActions({ filter, state, count }: Props) {
  const t = useTranslations("quarantine.many")
  const { run, start, stop, close } = useSteps()
  const clockCode = clockCodes.find((code) => code === filter.code)
  const move = (verb: "discard" | "restore") => {
    // Records that arrive after the click are not included.
    const receivedBefore = new Date().toISOString()
    return start(verb, count, async () => {
      const { moved, left } = await putAside(verb, { ...filter, receivedBefore })
      return { done: moved, failed: 0, left, nextCursor: moved > 0 && left > 0 ? "next" : null }
    })
  }
  if (run !== null) return <RunAlert run={run} onStop={stop} onClose={close} />
  if (count === 0 || state === "resolved") return null
  if (state === "discarded") {
    return (
      <Group>
        <Button size="xs" variant="light" onClick={() => void move("restore")}>
          {t("restore", { count })}
        </Button>
      </Group>
    )
  }
  const { terminal } = filter
  return (
    <Group gap="xs">
      {clockCode !== undefined && terminal !== undefined ? (
        <ClockOfTerminal
          code={clockCode}
          terminal={terminal}
          count={count}
          onCorrect={(aheadSeconds) =>
            void start("clock", count, async (cursor) =>
              replayed(await correctClock({ ...filter, code: undefined, terminal, cursor }, aheadSeconds)),
            )
          }
        />
      ) : null}
      <Button
        size="xs"
        variant="light"
        onClick={() =>
          void start("replay", count, async (cursor) => replayed(await replayMany({ ...filter, cursor })))
        }
      >
        {t("replay", { count })}
      </Button>
      <DiscardAll count={count} onDiscard={() => void move("discard")} />
    </Group>
  )
}
