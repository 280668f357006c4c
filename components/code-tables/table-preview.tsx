import { Alert, ScrollArea, Table } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { CodeTablePreview } from "@/lib/fleet/code-packs/schemas"

/** What an upload would change, code by code. */
export function TablePreview({ preview }: { preview: CodeTablePreview }) {
  const t = useTranslations("codeTables")
  const { added, changed, same, dropped, rows } = preview
  return (
    <>
      <Alert color={changed + dropped > 0 ? "yellow" : "teal"} role="status">
        {t("effect", { added, changed, same, dropped })}
      </Alert>
      {rows.length === 0 ? null : (
        <ScrollArea.Autosize mah={320}>
          <Table aria-label={t("changes")} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("columns.code")}</Table.Th>
                <Table.Th>{t("change")}</Table.Th>
                <Table.Th>{t("until")}</Table.Th>
                <Table.Th>{t("fromNow")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ code, cause, subcause, was, change }) => (
                <Table.Tr key={code}>
                  <Table.Td>{code}</Table.Td>
                  <Table.Td>{t(`changesBy.${change}`)}</Table.Td>
                  <Table.Td>{was === null ? "—" : t(`causes.${was}`)}</Table.Td>
                  <Table.Td>{change === "dropped" ? "—" : `${t(`causes.${cause}`)} · ${subcause}`}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </>
  )
}
