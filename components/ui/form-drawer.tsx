"use client"

import { Drawer } from "@mantine/core"
import { useTranslations } from "next-intl"
import { FormBody, type FormProps } from "@/components/ui/form-body"

/** A form in a drawer beside the page. */
export function FormDrawer({
  title,
  size = "md",
  ...form
}: FormProps & { title: string; size?: "md" | "lg" }) {
  const t = useTranslations("common")
  return (
    <Drawer
      opened
      onClose={form.onClose}
      position="right"
      size={size}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
      styles={{ title: { fontWeight: 650, overflowWrap: "anywhere" } }}
    >
      <FormBody {...form} />
    </Drawer>
  )
}
