"use client"

import { Button, Group, Modal, NumberInput, Select, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { terminalGroupsOptions } from "@/lib/intake/quarantine/queries"
import type { clockCodes } from "@/lib/intake/quarantine/words"

type Props = {
  code: (typeof clockCodes)[number]
  terminal: string
  count: number
  onCorrect: (aheadSeconds: number) => void
}

const directions = ["fast", "slow"] as const
const units = { minutes: 60, hours: 3_600, days: 86_400 } as const
type Unit = keyof typeof units
const unitNames = Object.keys(units) as Unit[]

/** Corrects all quarantined records of a terminal by the error of its clock. */
export function ClockOfTerminal({ code, terminal, count, onCorrect }: Props) {
  const t = useTranslations("quarantine.clockOfTerminal")
  const [isOpen, { open, close }] = useDisclosure(false)
  const groups = useQuery({ ...terminalGroupsOptions({ code, terminal }), enabled: isOpen })
  const suggested = groups.data?.data[0]?.aheadSeconds ?? null
  const [unit, setUnit] = useState<Unit>("minutes")
  const [entered, setEntered] = useState<number | null>(null)
  const [chosen, setChosen] = useState<(typeof directions)[number] | null>(null)
  const amount = entered ?? (suggested === null ? null : Math.round(Math.abs(suggested) / units[unit]))
  const direction = chosen ?? (suggested !== null && suggested < 0 ? "slow" : "fast")
  const aheadSeconds = (amount ?? 0) * units[unit] * (direction === "fast" ? 1 : -1)
  return (
    <>
      <Button size="xs" onClick={open}>
        {t("open", { count })}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t("title", { terminal })}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Stack>
          <Text size="sm">{t("text")}</Text>
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
                setUnit(unitNames.find((known) => known === value) ?? "minutes")
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
              onChange={(value) => setChosen(directions.find((known) => known === value) ?? null)}
              data={directions.map((value) => ({ value, label: t(`directions.${value}`) }))}
            />
          </Group>
          {suggested === null ? null : (
            <Text size="xs" c="dimmed">
              {t("suggested")}
            </Text>
          )}
          <ModalButtons
            action={t("confirm", { count })}
            isReady={aheadSeconds !== 0}
            onConfirm={() => {
              close()
              onCorrect(aheadSeconds)
            }}
            onClose={close}
          />
        </Stack>
      </Modal>
    </>
  )
}

function ModalButtons({
  action,
  isReady,
  onConfirm,
  onClose,
}: {
  action: string
  isReady: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useTranslations("quarantine.clockOfTerminal")
  return (
    <Group justify="flex-end">
      <Button size="xs" variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button size="xs" disabled={!isReady} onClick={onConfirm}>
        {action}
      </Button>
    </Group>
  )
}
