"use client"

import { Alert, Button, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormEvent, ReactNode } from "react"
import { bringIntoView } from "@/components/ui/bring-into-view"
import { ReasonedButton } from "@/components/ui/reasoned-button"

export type FormProps = {
  /** The label of the submit button. */
  action: string
  color?: string
  isBusy: boolean
  /** Why the form cannot be submitted yet. */
  notYet?: string | null
  /** The error of the last attempt. */
  failure: string | null
  /** Whether somebody tried to leave the form with something typed. */
  isAsked?: boolean
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
  notYet = null,
  failure,
  isAsked = false,
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
        {isAsked ? <Alert ref={bringIntoView} color="yellow" role="status" title={t("typed")} /> : null}
        <Group justify={aside ? "space-between" : "flex-end"} gap="xs" mt="xs">
          {aside}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {isAsked ? t("discard") : t("cancel")}
            </Button>
            <ReasonedButton type="submit" color={color} loading={isBusy} notYet={notYet}>
              {action}
            </ReasonedButton>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
