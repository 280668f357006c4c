"use client"

import { Drawer } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useReturnFocus } from "@/components/ui/use-return-focus"

export type SideDrawerProps = { title: string; size?: "md" | "lg" | "xl"; onClose: () => void }

/** A drawer beside the page. */
export function SideDrawer({
  title,
  size = "md",
  onClose,
  children,
}: SideDrawerProps & { children: ReactNode }) {
  const t = useTranslations("common")
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={size}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {children}
    </Drawer>
  )
}
