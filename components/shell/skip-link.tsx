"use client"

import { useTranslations } from "next-intl"

export const contentId = "content"

/** The first stop of the Tab key: jumps over the navigation. It is shown while it has the focus. */
export function SkipLink() {
  const t = useTranslations("shell")
  return (
    <a href={`#${contentId}`} className="skip-link">
      {t("skip")}
    </a>
  )
}
