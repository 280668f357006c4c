"use client"

import { Alert, Autocomplete, FileInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { TablePreview } from "@/components/code-tables/table-preview"
import { FormDrawer } from "@/components/ui/form-drawer"
import { useMissing } from "@/components/ui/use-missing"
import { tableFileOf, tablePreviewOptions, uploadTable, type TableFile } from "@/lib/fleet/code-packs/queries"

type Props = {
  /** The code system to begin with; empty for a new one. */
  initial: string
  systems: readonly string[]
  onClose: () => void
}

/** Uploads the organisation's table of a code system. It shows what would change before anything does. */
export function UploadDrawer({ initial, systems, onClose }: Props) {
  const t = useTranslations("codeTables")
  const missing = useMissing()
  const client = useQueryClient()
  const [codeSystem, setCodeSystem] = useState(initial)
  const [chosen, setChosen] = useState<File | null>(null)
  const [file, setFile] = useState<TableFile | null>(null)
  // Another file can be chosen while a large one is read.
  const latest = useRef<File | null>(null)
  const name = codeSystem.trim()
  const [asked] = useDebouncedValue(name, 300)
  const preview = useQuery(tablePreviewOptions(asked, file))
  const upload = useMutation({
    mutationFn: async () => (file ? uploadTable(name, file) : null),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const choose = async (next: File | null) => {
    setChosen(next)
    setFile(null)
    latest.current = next
    const read = next && (await tableFileOf(next))
    if (latest.current === next) setFile(read)
  }
  return (
    <FormDrawer
      title={t("upload")}
      size="lg"
      action={t("uploadNow")}
      isBusy={upload.isPending}
      notYet={
        missing([name === "" && t("columns.codeSystem"), file === null && t("file")]) ??
        (preview.data && asked === name ? null : t("notRead"))
      }
      failure={upload.error?.message ?? null}
      onSubmit={() => upload.mutate()}
      onClose={onClose}
    >
      <Autocomplete
        label={t("columns.codeSystem")}
        description={t("codeSystemText")}
        required
        maxLength={64}
        data={[...systems]}
        value={codeSystem}
        onChange={setCodeSystem}
      />
      <FileInput
        label={t("file")}
        description={t("fileText")}
        required
        accept=".csv,.json,text/csv,application/json"
        placeholder={t("choose")}
        value={chosen}
        onChange={(next) => void choose(next)}
      />
      {preview.error ? (
        <Alert color="red" role="alert" title={t("unfit")}>
          {preview.error.message}
        </Alert>
      ) : null}
      {preview.data ? <TablePreview preview={preview.data} /> : null}
    </FormDrawer>
  )
}
