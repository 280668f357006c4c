"use client"

import { Button, Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { HandlingDialog } from "@/components/flags/handling-dialog"
import { remoteFor } from "@/lib/insight/flags/remote-words"
import type { Flag } from "@/lib/insight/flags/schemas"

/** What may help before a visit, and a button that asks for it. */
export function RemoteFirst({ flag }: { flag: Flag }) {
  const t = useTranslations("handling")
  const [isOpen, setIsOpen] = useState(false)
  const actions = remoteFor(flag)
  const close = () => setIsOpen(false)
  if (actions.length === 0 || flag.terminal === null) return null
  return (
    <Group gap="xs" mt="xs">
      <Text size="sm">
        {t("remoteFirst", { actions: actions.map((action) => t(`actions.${action}`)).join(t("or")) })}
      </Text>
      <Button size="compact-xs" variant="light" onClick={() => setIsOpen(true)}>
        {t("steps.try")}
      </Button>
      {isOpen ? (
        <HandlingDialog step="try" ids={[flag.id]} actions={actions} onDone={close} onClose={close} />
      ) : null}
    </Group>
  )
}
