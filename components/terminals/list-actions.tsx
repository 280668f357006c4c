"use client"

import { Button, Group } from "@mantine/core"
import { IconTableImport } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { ExportMenu } from "@/components/tables/export-menu"
import { AddDrawer } from "@/components/terminals/add-drawer"
import type { TerminalView } from "@/components/terminals/view"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import type { TerminalFilter } from "@/lib/fleet/terminals/schemas"

/** Actions of the list of terminals. */
export function ListActions({
  filter,
  view: { sort, order },
  canChange,
  canImport,
}: {
  filter: TerminalFilter
  view: TerminalView
  canChange: boolean
  canImport: boolean
}) {
  const t = useTranslations("terminals")
  const [isAdding, setAdding] = useState(false)
  return (
    <Group gap="xs">
      <ExportMenu path="/api/v1/terminals/export" query={{ ...filter, sort, order }} />
      <Button
        size="xs"
        variant="default"
        component="a"
        href={withQuery(paths.terminalLabels, filter)}
        target="_blank"
      >
        {t("printLabels")}
      </Button>
      {canImport ? (
        <Button
          component={Link}
          href={`${paths.imports}?kind=terminals`}
          size="xs"
          variant="default"
          leftSection={<IconTableImport size={16} aria-hidden />}
        >
          {t("import")}
        </Button>
      ) : null}
      {canChange ? (
        <Button size="xs" onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      ) : null}
      {isAdding ? <AddDrawer onClose={() => setAdding(false)} /> : null}
    </Group>
  )
}
