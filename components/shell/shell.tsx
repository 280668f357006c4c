"use client"

import { AppShell, Box, Burger, Group, NavLink, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCalendarStats,
  IconClipboardList,
  IconCreditCardOff,
  IconDeviceMobile,
  IconFileImport,
  IconFlag,
  IconGauge,
  IconLogout,
  IconSettings,
  IconShieldExclamation,
} from "@tabler/icons-react"
import { IntlProvider, useLocale, useTranslations } from "next-intl"
import Image from "next/image"
import Link from "next/link"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { Preferences } from "@/components/shell/preferences"
import { contentId, SkipLink } from "@/components/shell/skip-link"
import { ZoneNote } from "@/components/shell/zone-note"
import { ReaderProvider, type Zones } from "@/components/ui/reader"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"

const places = [
  { name: "overview", href: paths.overview, icon: IconGauge, needs: "fleet:read" },
  { name: "terminals", href: paths.terminals, icon: IconDeviceMobile, needs: "fleet:read" },
  { name: "inventory", href: paths.inventory, icon: IconBuildingStore, needs: "fleet:read" },
  { name: "flags", href: paths.flags, icon: IconFlag, needs: "fleet:read" },
  { name: "incidents", href: paths.incidents, icon: IconAlertTriangle, needs: "fleet:read" },
  { name: "failures", href: paths.failures, icon: IconCreditCardOff, needs: "fleet:read" },
  { name: "weeklyReports", href: paths.weeklyReports, icon: IconCalendarStats, needs: "fleet:read" },
  { name: "imports", href: paths.imports, icon: IconFileImport, needs: "imports:read" },
  { name: "quarantine", href: paths.quarantine, icon: IconShieldExclamation, needs: "quarantine:read" },
  { name: "settings", href: paths.settings, icon: IconSettings, needs: "account" },
] as const satisfies readonly { name: string; href: string; icon: typeof IconGauge; needs: Permission }[]

/** A new installation's organisation has the same name, which is shown once. */
const product = "Tillwatch"

/** The first page of users who may not see the fleet. */
const work = { name: "work", href: paths.overview, icon: IconClipboardList } as const

/** Header and navigation of every page after sign-in. Pages without permission are not shown. */
export function Shell({
  organisation,
  zones,
  allowed,
  reader,
  children,
}: {
  organisation: string
  zones: Zones
  allowed: readonly Permission[]
  /** The user's id. */
  reader: string
  children: ReactNode
}) {
  const t = useTranslations("shell")
  const pathname = usePathname()
  const [isOpen, { toggle, close }] = useDisclosure()
  const open = [
    ...(allowed.includes("fleet:read") ? [] : [work]),
    ...places.filter(({ needs }) => allowed.includes(needs)),
  ]
  const isHere = (href: string) => (href === "/" ? pathname === "/" : pathname.startsWith(href))
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("navigation")} />
            <Image src="/icon.svg" alt="" width={26} height={26} unoptimized />
            <Text fw={700}>{product}</Text>
            {organisation === product ? null : (
              <Text c="dimmed" size="sm" truncate visibleFrom="xs">
                {organisation}
              </Text>
            )}
          </Group>
          <Group gap={4} wrap="nowrap" miw={0}>
            <ZoneNote zone={zones.own ?? zones.organisation} />
            <Preferences />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t("navigation")}>
        {open.map(({ name, href, icon: Icon }) => (
          <NavLink
            key={name}
            component={Link}
            href={href}
            active={isHere(href)}
            label={t(name)}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={close}
            style={{ borderRadius: 8 }}
          />
        ))}
        <Box component="form" method="post" action={paths.signOut} mt="auto">
          <NavLink
            component="button"
            type="submit"
            label={t("signOut")}
            leftSection={<IconLogout size={18} aria-hidden />}
            style={{ borderRadius: 8 }}
          />
        </Box>
      </AppShell.Navbar>
      <AppShell.Main id={contentId} tabIndex={-1}>
        <IntlProvider locale={useLocale()} timeZone={zones.own ?? zones.organisation}>
          <ReaderProvider value={{ id: reader, zones }}>{children}</ReaderProvider>
        </IntlProvider>
      </AppShell.Main>
    </AppShell>
  )
}
