"use client"

import { Alert, Button, Group, Modal, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormEvent, ReactNode } from "react"

type Props = {
  title: string
  action: string
  color?: string
  isBusy: boolean
  failure: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form that asks for one thing and can be left. */
export function Dialog({
  title,
  action,
  color = "teal",
  isBusy,
  failure,
  onSubmit,
  onClose,
  children,
}: Props) {
  const t = useTranslations("users")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
      styles={{ title: { overflowWrap: "anywhere" } }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          {failure ? (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" color={color} loading={isBusy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
