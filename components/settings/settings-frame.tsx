"use client"

import { NavLink, ScrollArea, Group, Box } from "@mantine/core"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { sections } from "@/components/settings/sections"
import { bringIntoView } from "@/components/ui/bring-into-view"
import type { Permission } from "@/lib/access/permissions"

/** The settings' own navigation above the page that is open. */
export function SettingsFrame({ allowed, children }: { allowed: readonly Permission[]; children: ReactNode }) {
  const t = useTranslations("settings")
  const pathname = usePathname()
  const open = sections.filter(({ needs }) => allowed.includes(needs))
  return (
    <>
      <Box component="nav" aria-label={t("title")} mb="md">
        <ScrollArea type="never">
          <Group gap={4} wrap="nowrap">
            {open.map(({ name, href, icon: Icon }) => (
              <NavLink key={name} component={Link} href={href} active={pathname.startsWith(href)} ref={pathname.startsWith(href) ? bringIntoView : null} label={t(name)} leftSection={<Icon size={16} aria-hidden />} w="auto" style={{ borderRadius: 8, whiteSpace: "nowrap" }} />
            ))}
          </Group>
        </ScrollArea>
      </Box>
      {children}
    </>
  )
}
