"use client"

import { Button, Menu } from "@mantine/core"
import { IconDownload } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { withQuery } from "@/lib/base/http/get-json"

/** Downloads all rows of a filtered table. `path` gets the parameter `format`. */
export function ExportMenu({
  path,
  query,
}: {
  path: string
  query: Record<string, string | number | null | undefined>
}) {
  const t = useTranslations("export")
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          {t("export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["csv", "xlsx"] as const).map((format) => (
          <Menu.Item key={format} component="a" href={withQuery(path, { ...query, format })} download>
            {t(format)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
