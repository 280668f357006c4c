"use client"

import { Button, Group, NumberInput, Select, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { useMissing } from "@/components/ui/use-missing"
import { oneOf } from "@/lib/base/one-of"
import { terminalGroupsOptions } from "@/lib/intake/quarantine/queries"
import type { clockCodes } from "@/lib/intake/quarantine/words"

type Props = {
  code: (typeof clockCodes)[number]
  terminal: string
  count: number
  onCorrect: (aheadSeconds: number) => void
}

/** Corrects all quarantined records of a terminal by the error of its clock. */
export function ClockOfTerminal(props: Props) {
  const t = useTranslations("quarantine.clockOfTerminal")
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button size="xs" onClick={open}>
        {t("open", { count: props.count })}
      </Button>
      {isOpen ? <ClockDialog {...props} onClose={close} /> : null}
    </>
  )
}

const directions = ["fast", "slow"] as const
type Direction = (typeof directions)[number]
const units = { minutes: 60, hours: 3_600, days: 86_400 } as const
type Unit = keyof typeof units
const unitNames = Object.keys(units) as Unit[]

/** The entered error of a clock, or the suggested one. */
function useClockError(suggested: number | null) {
  const [unit, setUnit] = useState<Unit>("minutes")
  const [entered, setEntered] = useState<number | null>(null)
  const [chosen, setDirection] = useState<Direction | null>(null)
  const amount = entered ?? (suggested === null ? null : Math.round(Math.abs(suggested) / units[unit]))
  const direction = chosen ?? (suggested !== null && suggested < 0 ? "slow" : "fast")
  const aheadSeconds = (amount ?? 0) * units[unit] * (direction === "fast" ? 1 : -1)
  return { amount, unit, direction, aheadSeconds, setEntered, setUnit, setDirection }
}

function ClockDialog({ code, terminal, count, onCorrect, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("quarantine.clockOfTerminal")
  const groups = useQuery(terminalGroupsOptions({ code, terminal }))
  const suggested = groups.data?.data[0]?.aheadSeconds ?? null
  const error = useClockError(suggested)
  const missing = useMissing()
  return (
    <Dialog
      title={t("title", { terminal })}
      action={t("confirm", { count })}
      isBusy={false}
      notYet={missing([error.aheadSeconds === 0 && t("amount")])}
      failure={null}
      onSubmit={() => {
        onClose()
        onCorrect(error.aheadSeconds)
      }}
      onClose={onClose}
    >
      <Text size="sm">{t("text")}</Text>
      <ClockErrorFields {...error} />
      {suggested === null ? null : (
        <Text size="xs" c="dimmed">
          {t("suggested")}
        </Text>
      )}
    </Dialog>
  )
}

function ClockErrorFields({
  amount,
  unit,
  direction,
  setEntered,
  setUnit,
  setDirection,
}: ReturnType<typeof useClockError>) {
  const t = useTranslations("quarantine.clockOfTerminal")
  return (
    <Group gap="xs" align="flex-end">
      <NumberInput
        size="xs"
        w={110}
        label={t("amount")}
        min={0}
        allowDecimal={false}
        value={amount ?? ""}
        onChange={(value) => setEntered(typeof value === "number" ? value : null)}
      />
      <Select
        size="xs"
        w={110}
        label={t("unit")}
        allowDeselect={false}
        value={unit}
        onChange={(value) => {
          setUnit(oneOf(unitNames, value) ?? "minutes")
          setEntered(null)
        }}
        data={unitNames.map((value) => ({ value, label: t(`units.${value}`) }))}
      />
      <Select
        size="xs"
        w={110}
        label={t("direction")}
        allowDeselect={false}
        value={direction}
        onChange={(value) => setDirection(oneOf(directions, value))}
        data={directions.map((value) => ({ value, label: t(`directions.${value}`) }))}
      />
    </Group>
  )
}
