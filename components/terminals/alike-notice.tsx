"use client"

import { Alert, Anchor } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { paths } from "@/lib/base/paths"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** Warns of terminals whose serial numbers differ only in spelling. */
export function AlikeNotice({ alike }: Pick<Terminal, "alike">) {
  const t = useTranslations("terminal")
  if (alike.length === 0) return null
  return (
    <Alert color="yellow" title={t("alike")}>
      {t("alikeText")}{" "}
      {alike.map(({ id, serial }, i) => (
        <span key={id}>
          {i > 0 ? ", " : ""}
          <Anchor component={Link} href={paths.terminal(id)} size="sm">
            {serial}
          </Anchor>
        </span>
      ))}
    </Alert>
  )
}
