"use client"

import { Alert, Button, Group, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useId, type FormEvent, type ReactNode } from "react"
import { bringIntoView } from "@/components/ui/bring-into-view"

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

/** A ref that has a window focus the first field of its form, if no other field asks for the focus. */
function focusFirst(form: HTMLFormElement | null): void {
  if (form?.querySelector("[data-autofocus]")) return
  const field = form?.querySelector("input:not([type=hidden], :disabled), textarea:not(:disabled)")
  field?.setAttribute("data-autofocus", "")
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
  const reason = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form ref={focusFirst} onSubmit={submit}>
      <Stack gap="sm">
        {children}
        {failure ? (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        ) : null}
        {isAsked ? <Alert ref={bringIntoView} color="yellow" role="status" title={t("typed")} /> : null}
        {notYet === null ? null : (
          <Text id={reason} size="xs" c="dimmed" ta="right">
            {notYet}
          </Text>
        )}
        <Group justify={aside ? "space-between" : "flex-end"} gap="xs" mt={notYet === null ? "xs" : 0}>
          {aside}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {isAsked ? t("discard") : t("cancel")}
            </Button>
            <Button
              type="submit"
              color={color}
              loading={isBusy}
              disabled={notYet !== null}
              {...(notYet === null ? {} : { "aria-describedby": reason })}
            >
              {action}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
