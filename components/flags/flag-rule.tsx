"use client"

import { useTranslations } from "next-intl"
import { HeadedText } from "@/components/flags/headed-text"
import type { Flag } from "@/lib/insight/flags/schemas"

/** The rule of a flag in words, and how others did that could have explained it. */
export function FlagRule({ flag: { rule, reasons } }: { flag: Flag }) {
  const t = useTranslations("flags")
  const tRival = useTranslations("evidence.rivals")
  const ruledOut = reasons.flatMap((reason) => (reason.code === "fails_often" ? reason.ruledOut : []))
  return (
    <>
      <HeadedText head={t("opens")} c="dimmed">
        {t(`rules.${rule}.opens`)}
      </HeadedText>
      {ruledOut.length > 0 ? (
        <HeadedText head={t("compared")} c="dimmed">
          {ruledOut
            .map(({ what, observed, expected }) =>
              t("comparedOne", { what: tRival(what), observed, expected }),
            )
            .join(" · ")}
        </HeadedText>
      ) : null}
    </>
  )
}
