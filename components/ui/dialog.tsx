"use client"

import { Modal } from "@mantine/core"
import { useTranslations } from "next-intl"
import { FormBody, type FormProps } from "@/components/ui/form-body"

/** A dialog with a form, which can be cancelled. */
export function Dialog({ title, ...form }: FormProps & { title: string }) {
  const t = useTranslations("common")
  return (
    <Modal
      opened
      onClose={form.onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
      styles={{ title: { overflowWrap: "anywhere" } }}
    >
      <FormBody {...form} />
    </Modal>
  )
}
