"use client"

import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { sections } from "@/components/inventory/sections"
import { SectionNav } from "@/components/ui/section-nav"
import type { Permission } from "@/lib/access/actor/permissions"

/** The navigation of the inventory, above the open page. */
export function InventoryFrame({
  allowed,
  children,
}: {
  allowed: readonly Permission[]
  children: ReactNode
}) {
  const t = useTranslations("inventory")
  const pathname = usePathname()
  const isHere = (section: { href: string; within?: string }) =>
    [section.href, section.within].some((start) => start !== undefined && pathname.startsWith(start))
  const open = sections
    .filter(({ needs }) => allowed.includes(needs))
    .map((section) => ({ ...section, label: t(section.name), isHere: isHere(section) }))
  return (
    <>
      <SectionNav title={t("title")} sections={open} />
      {children}
    </>
  )
}
