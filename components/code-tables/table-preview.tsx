import { Alert } from "@mantine/core"
import { useTranslations } from "next-intl"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { SimpleTable } from "@/components/tables/simple-table"
import type { CodeTablePreview } from "@/lib/fleet/code-packs/schemas"

/** What an upload would change, code by code. */
export function TablePreview({ preview }: { preview: CodeTablePreview }) {
  const t = useTranslations("codeTables")
  const tAll = useTranslations()
  const tCause = useTranslations("causes")
  const { added, changed, same, dropped, rows } = preview
  return (
    <>
      <Alert color={changed + dropped > 0 ? "yellow" : "teal"} role="status">
        {t("effect", { added, changed, same, dropped })}
      </Alert>
      {rows.length === 0 ? null : (
        <SimpleTable
          label={t("changes")}
          maxHeight={320}
          head={[
            { key: "code", title: t("columns.code") },
            { key: "change", title: t("change") },
            { key: "until", title: t("until") },
            { key: "fromNow", title: t("fromNow") },
          ]}
          rows={rows.map(({ code, cause, subcause, was, change }) => ({
            key: code,
            cells: [
              code,
              t(`changesBy.${change}`),
              was === null ? "—" : tCause(was),
              change === "dropped" ? "—" : `${tCause(cause)} · ${subcauseWith(subcause, tAll)}`,
            ],
          }))}
        />
      )}
    </>
  )
}
