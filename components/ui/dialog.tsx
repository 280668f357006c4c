"use client"

import { Box, Modal } from "@mantine/core"
import { useTranslations } from "next-intl"
import { FormBody, type FormProps } from "@/components/ui/form-body"
import { useReturnFocus } from "@/components/ui/use-return-focus"
import { useTyped } from "@/components/ui/use-typed"

/** A dialog with a form, which can be cancelled. */
export function Dialog({ title, ...form }: FormProps & { title: string }) {
  const t = useTranslations("common")
  const { isAsked, watch, onEscape } = useTyped(form.onClose)
  useReturnFocus()
  return (
    <Modal opened onClose={onEscape} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <Box {...watch}>
        <FormBody {...form} isAsked={isAsked} />
      </Box>
    </Modal>
  )
}
