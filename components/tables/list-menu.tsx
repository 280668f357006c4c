"use client"

import { Button, Menu } from "@mantine/core"
import { IconAdjustmentsHorizontal } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import type { ListTable } from "@/components/tables/columns"
import type { Choice } from "@/components/tables/use-choice"

/** A menu for a list's columns, density and export. */
export function ListMenu<Row extends object>({
  table,
  title,
  choice,
  onChoose,
  isExporting,
  onExport,
}: {
  table: ListTable<Row>
  title: (id: string) => string
  choice: Choice
  onChoose: (choice: Choice) => void
  isExporting: boolean
  onExport: () => void
}) {
  const t = useTranslations("list")
  const isCompact = choice.density === "compact"
  const toggle = (id: string) =>
    onChoose({
      ...choice,
      hidden: choice.hidden.includes(id) ? choice.hidden.filter((one) => one !== id) : [...choice.hidden, id],
    })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className="no-print"
          loading={isExporting}
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
        >
          {t("view")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="min(70dvh, 560px)" style={{ overflowY: "auto" }}>
        <Menu.Label>{t("columns")}</Menu.Label>
        {table.getAllLeafColumns().map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={column.getIsVisible()}
            disabled={!column.getCanHide()}
            onChange={() => toggle(column.id)}
          >
            {title(column.id)}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.CheckboxItem
          checked={isCompact}
          onChange={() => onChoose({ ...choice, density: isCompact ? "comfortable" : "compact" })}
        >
          {t("compact")}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item onClick={onExport}>{t("saveShown")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
