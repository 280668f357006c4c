"use client"

import { Button, Group } from "@mantine/core"
import { useTranslations } from "next-intl"
import { ClockOfTerminal } from "@/components/quarantine/clock-of-terminal"
import { DiscardButton } from "@/components/quarantine/discard-button"
import { RunAlert } from "@/components/quarantine/run-alert"
import { useManySteps, type Filter } from "@/components/quarantine/use-many-steps"
import { SelectionBar } from "@/components/tables/selection-bar"
import { clockCodes, type QuarantineState } from "@/lib/intake/quarantine/words"

type Props = {
  filter: Filter
  state: Exclude<QuarantineState, "resolved">
  /** The number of records that match the filter. */
  count: number
  /** The ids of the selected records. */
  selected: readonly string[]
  onSelect: (ids: string[]) => void
}

/** Actions for the selected records, or for all records of the filter. */
export function ManyActions({ filter, state, count, selected, onSelect }: Props) {
  const t = useTranslations("quarantine.many")
  const steps = useManySteps(filter, { selected, count, onDone: () => onSelect([]) })
  const { run, stop, close } = steps
  if (run !== null) return <RunAlert run={run} onStop={stop} onClose={close} />
  if (count === 0) return null
  if (selected.length === 0)
    return (
      <Group gap="xs">
        <ClockAction filter={filter} count={count} onCorrect={steps.correctClock} />
        <Buttons state={state} count={count} steps={steps} />
      </Group>
    )
  return (
    <SelectionBar
      label={t("selection")}
      text={t("selected", { count: selected.length })}
      onClear={() => onSelect([])}
    >
      <Buttons state={state} count={selected.length} isSelection steps={steps} />
    </SelectionBar>
  )
}

function Buttons({
  state,
  count,
  isSelection = false,
  steps,
}: Pick<Props, "state" | "count"> & { isSelection?: boolean; steps: ReturnType<typeof useManySteps> }) {
  const t = useTranslations("quarantine")
  if (state === "discarded")
    return (
      <Button size="xs" variant="light" onClick={() => void steps.move("restore")}>
        {isSelection ? t("many.restoreSelected") : t("many.restore", { count })}
      </Button>
    )
  return (
    <>
      <Button size="xs" variant="light" onClick={() => void steps.replay()}>
        {isSelection ? t("many.replaySelected") : t("many.replay", { count })}
      </Button>
      <DiscardButton
        label={isSelection ? t("discard.confirm") : t("discard.open", { count })}
        count={count}
        onDiscard={() => void steps.move("discard")}
      />
    </>
  )
}

/** One clock can be corrected at a time, so the filter must name its terminal. */
function ClockAction({
  filter: { code, terminal },
  count,
  onCorrect,
}: Pick<Props, "filter" | "count"> & { onCorrect: (terminal: string, aheadSeconds: number) => unknown }) {
  const clockCode = clockCodes.find((known) => known === code)
  if (clockCode === undefined || terminal === undefined) return null
  return (
    <ClockOfTerminal
      code={clockCode}
      terminal={terminal}
      count={count}
      onCorrect={(aheadSeconds) => void onCorrect(terminal, aheadSeconds)}
    />
  )
}
