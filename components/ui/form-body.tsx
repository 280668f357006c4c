"use client"

import { Alert, Button, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormEvent, ReactNode } from "react"

export type FormProps = {
  /** The label of the submit button. */
  action: string
  color?: string
  isBusy: boolean
  isReady?: boolean
  /** The error of the last attempt. */
  failure: string | null
  onSubmit: () => void
  onClose: () => void
  /** Content opposite the buttons. */
  aside?: ReactNode
  children: ReactNode
}

/** A form in a dialog or drawer: fields, error, cancel and submit. */
export function FormBody({
  action,
  color = "teal",
  isBusy,
  isReady = true,
  failure,
  onSubmit,
  onClose,
  aside,
  children,
}: FormProps) {
  const t = useTranslations("common")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {children}
        {failure ? (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        ) : null}
        <Group justify={aside ? "space-between" : "flex-end"} gap="xs" mt="xs">
          {aside}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" color={color} loading={isBusy} disabled={!isReady}>
              {action}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
