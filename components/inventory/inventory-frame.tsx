"use client"

import { Box, Group, NavLink, ScrollArea } from "@mantine/core"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { sections } from "@/components/inventory/sections"
import { bringIntoView } from "@/components/ui/bring-into-view"
import type { Permission } from "@/lib/access/permissions"

/** The inventory's own navigation above the page that is open. */
export function InventoryFrame({ allowed, children }: { allowed: readonly Permission[]; children: ReactNode }) {
  const t = useTranslations("inventory")
  const pathname = usePathname()
  const open = sections.filter(({ needs }) => allowed.includes(needs))
  const isHere = (section: { href: string; within?: string }) => [section.href, section.within].some((start) => start !== undefined && pathname.startsWith(start))
  return (
    <>
      <Box component="nav" aria-label={t("title")} mb="md">
        <ScrollArea type="never">
          <Group gap={4} wrap="nowrap">
            {open.map(({ icon: Icon, ...section }) => (
              <NavLink key={section.name} component={Link} href={section.href} active={isHere(section)} ref={isHere(section) ? bringIntoView : null} label={t(section.name)} leftSection={<Icon size={16} aria-hidden />} w="auto" style={{ borderRadius: 8, whiteSpace: "nowrap" }} />
            ))}
          </Group>
        </ScrollArea>
      </Box>
      {children}
    </>
  )
}
