"use client"

import { Alert, Button, Drawer, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormEvent, ReactNode } from "react"

type Props = {
  title: string
  action: string
  color?: string
  isBusy: boolean
  isReady: boolean
  failure: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form beside the page, which stays in sight. */
export function FormDrawer({
  title,
  action,
  color = "teal",
  isBusy,
  isReady,
  failure,
  onSubmit,
  onClose,
  children,
}: Props) {
  const t = useTranslations("life")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
      styles={{ title: { fontWeight: 650, overflowWrap: "anywhere" } }}
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
            <Button type="submit" color={color} loading={isBusy} disabled={!isReady}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
