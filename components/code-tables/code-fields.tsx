"use client"

import { MultiSelect, Select, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { remedyWords } from "@/components/code-tables/remedy-text"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { shownCauses } from "@/components/code-tables/view"
import { remedies } from "@/lib/fleet/code-packs/cause"
import type { CodeMeaning } from "@/lib/fleet/code-packs/schemas"
import { channelOfSubcause } from "@/lib/fleet/code-packs/subcauses"

export type CodeDraft = { [Field in keyof CodeMeaning]?: CodeMeaning[Field] | undefined }

const confidences = ["high", "medium", "low"] as const
const attributables = ["true", "weak", "false"] as const
const choices = shownCauses.filter((cause) => cause !== "unknown")

type Props = { draft: CodeDraft; isReadOnly: boolean; onChange: (some: CodeDraft) => void }

/** The fields of a code's meaning. */
export function CodeFields({ draft, isReadOnly, onChange }: Props) {
  const t = useTranslations("codeTables")
  const tAll = useTranslations()
  const tCause = useTranslations("causes")
  const tDo = useTranslations("diagnoses.doNow")
  const one = <Value extends string>(
    field: keyof CodeDraft,
    values: readonly Value[],
    textOf: (value: Value) => string,
  ) => (
    <Select
      label={t(`words.${field}`)}
      readOnly={isReadOnly}
      allowDeselect={false}
      value={draft[field] ?? null}
      onChange={(chosen) => onChange({ [field]: values.find((known) => known === chosen) })}
      data={values.map((value) => ({ value, label: textOf(value) }))}
    />
  )
  const text = (field: "meaning_en" | "meaning_zh") => (
    <TextInput
      label={t(`words.${field}`)}
      readOnly={isReadOnly}
      maxLength={500}
      value={draft[field] ?? ""}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <Select
        label={t("words.cause")}
        required={!isReadOnly}
        readOnly={isReadOnly}
        allowDeselect={false}
        value={draft.cause ?? null}
        onChange={(value) => onChange({ cause: choices.find((known) => known === value) })}
        data={(isReadOnly ? shownCauses : choices).map((value) => ({ value, label: tCause(value) }))}
        data-autofocus
      />
      <Select
        label={t("words.subcause")}
        description={t("columnText.subcause")}
        readOnly={isReadOnly}
        searchable
        limit={100}
        value={draft.subcause ?? null}
        onChange={(subcause) => onChange({ subcause: subcause ?? undefined })}
        data={Object.keys(channelOfSubcause).map((value) => ({ value, label: subcauseWith(value, tAll) }))}
      />
      <MultiSelect
        label={t("words.remedy")}
        readOnly={isReadOnly}
        value={draft.remedy === undefined ? [] : remedyWords(draft.remedy)}
        onChange={(words) => onChange({ remedy: words.join(" ") || "none" })}
        data={remedies.filter((word) => word !== "none").map((value) => ({ value, label: tDo(value) }))}
      />
      {text("meaning_en")}
      {text("meaning_zh")}
      {one("confidence", confidences, (value) => t(`confidences.${value}`))}
      {one("device_attributable", attributables, (value) => t(`attributables.${value}`))}
    </>
  )
}
