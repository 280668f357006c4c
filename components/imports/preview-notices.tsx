"use client"

import { Alert } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useGap } from "@/components/ui/use-language"
import type { Preview } from "@/lib/intake/imports/runs/schemas"

const codesShown = 12

const openWords = ({ unknownWords }: Preview) => unknownWords.filter(({ of }) => of === "status")

/** Whether the import can start. */
export const isReady = (preview: Preview): boolean =>
  preview.missing.length === 0 &&
  openWords(preview).length === 0 &&
  preview.openCodes.length === 0 &&
  preview.likelyMoneyUnit === null &&
  !preview.needsDateOrder &&
  !preview.needsYear &&
  !preview.needsDecimalMark

type Props = { preview: Preview | undefined; hasHeader: boolean }

/** What is missing before the import can start, and other notices. */
export function PreviewNotices({ preview, hasHeader }: Props) {
  const t = useTranslations("imports")
  const comma = useTranslations("common")("comma")
  const gap = useGap()
  if (!preview) return null
  const { absent, missing, unmappedCodes, openCodes } = preview
  const open = openWords(preview)
  const notices = [
    hasHeader ? null : t("noHeader"),
    absent.length > 0 ? t("absent", { columns: absent.join(comma) }) : null,
    missing.length > 0
      ? [
          t("missing", { targets: missing.map((target) => t(`targets.${target}`)).join(comma) }),
          ...(missing.includes("outcome") ? [t("missingOutcome")] : []),
        ].join(gap)
      : null,
    open.length > 0 ? t("wordsOpen", { words: open.map(({ text }) => text).join(comma) }) : null,
    openCodes.length > 0
      ? t("codesOpen", {
          codes: openCodes
            .slice(0, codesShown)
            .map(({ code }) => code)
            .join(comma),
        })
      : null,
    unmappedCodes.length > 0
      ? t("unmapped", {
          codes: unmappedCodes
            .slice(0, codesShown)
            .map(({ text, rows }) => t("unmappedCode", { code: text, count: rows }))
            .join(comma),
        })
      : null,
  ].filter((notice) => notice !== null)
  return notices.map((notice) => (
    <Alert key={notice} color="yellow" role="status">
      {notice}
    </Alert>
  ))
}
