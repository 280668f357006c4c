"use client"

import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { sections } from "@/components/settings/sections"
import { SectionNav } from "@/components/ui/section-nav"
import type { Permission } from "@/lib/access/actor/permissions"

/** The navigation of the settings, above the open page. */
export function SettingsFrame({
  allowed,
  children,
}: {
  allowed: readonly Permission[]
  children: ReactNode
}) {
  const t = useTranslations("settings")
  const pathname = usePathname()
  const open = sections
    .filter(({ needs }) => allowed.includes(needs))
    .map((section) => ({ ...section, label: t(section.name), isHere: pathname.startsWith(section.href) }))
  return (
    <>
      <SectionNav title={t("title")} sections={open} />
      {children}
    </>
  )
}
