"use client"

import { Button, Group, Menu, Select, TextInput } from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"
import { IconDownload } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { actionWith, actorWith } from "@/components/audit/entry-words"
import type { AuditFilter } from "@/components/audit/view"
import { useLanguage } from "@/components/ui/use-language"
import { auditFacetsOptions } from "@/lib/access/audit/queries"
import { withQuery } from "@/lib/base/http/get-json"

type Props = {
  view: AuditFilter
  filter: Record<string, string>
  onChange: (change: Partial<AuditFilter>) => void
}

/** Filters of the audit log, and the export of the filtered entries. */
export function AuditFilters({ view, filter, onChange }: Props) {
  const t = useTranslations("audit")
  const lang = useLanguage()
  const words = useTranslations()
  const facets = useQuery(auditFacetsOptions()).data
  const search = useDebouncedCallback((text: string) => onChange({ subject: text.trim() || null }), 300)
  const file = (format: "csv" | "json") => withQuery("/api/v1/audit/export", { ...filter, format, lang })
  return (
    <Group gap="xs" align="flex-end">
      <Select
        size="xs"
        w={{ base: "100%", xs: 190 }}
        clearable
        searchable
        label={t("who")}
        placeholder={t("everyone")}
        value={view.by}
        onChange={(by) => onChange({ by })}
        data={(facets?.by ?? []).map((by) => ({ value: by.id, label: actorWith(by, words) }))}
      />
      <Select
        size="xs"
        w={{ base: "100%", xs: 190 }}
        clearable
        searchable
        label={t("what")}
        placeholder={t("everything")}
        value={view.action}
        onChange={(action) => onChange({ action })}
        data={(facets?.actions ?? []).map((action) => ({ value: action, label: actionWith(action, words) }))}
      />
      <TextInput
        size="xs"
        w={{ base: "100%", xs: 150 }}
        label={t("subject")}
        defaultValue={view.subject ?? ""}
        onChange={(event) => search(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        w={{ base: "calc(50% - 5px)", xs: 140 }}
        type="date"
        label={t("from")}
        value={view.from ?? ""}
        onChange={(event) => onChange({ from: event.currentTarget.value || null })}
      />
      <TextInput
        size="xs"
        w={{ base: "calc(50% - 5px)", xs: 140 }}
        type="date"
        label={t("to")}
        value={view.to ?? ""}
        onChange={(event) => onChange({ to: event.currentTarget.value || null })}
      />
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
            {t("export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={file("csv")} download>
            CSV
          </Menu.Item>
          <Menu.Item component="a" href={file("json")} download>
            JSON
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
