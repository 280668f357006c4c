"use client"

import { Table, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import type { AuditEntry } from "@/lib/audit/schemas"

const isInstant = (value: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** The fields that a deed changed: before and after, or what it made. */
export function FieldList({ before, after }: Pick<AuditEntry, "before" | "after">) {
  const t = useTranslations("audit")
  const format = useFormatter()
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return "–"
    if (typeof value === "boolean") return value ? t("yes") : t("no")
    if (typeof value === "number") return format.number(value)
    if (typeof value === "string") return isInstant(value) ? format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" }) : value
    if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(text).join(", ")
    return JSON.stringify(value)
  }
  if (fields.length === 0) return <Text size="sm" c="dimmed">{t("noFields")}</Text>
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table layout="fixed" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("field")}</Table.Th>
            {before ? <Table.Th>{t("before")}</Table.Th> : null}
            {after ? <Table.Th>{t("after")}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field}>
              <Table.Td>{t.has(`fields.${field}`) ? t(`fields.${field}`) : field}</Table.Td>
              {before ? <Table.Td style={{ overflowWrap: "anywhere" }}>{text(before[field])}</Table.Td> : null}
              {after ? <Table.Td style={{ overflowWrap: "anywhere" }}>{text(after[field])}</Table.Td> : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
