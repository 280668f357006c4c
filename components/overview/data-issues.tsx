"use client"

import { Alert, Anchor, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"
import type { Overview } from "@/lib/outlook/overview/schemas"

/** Unmapped codes and rejected records, for users who may open those pages. */
export function DataIssues({
  overview: { unmappedCodes, quarantined },
  allowed,
}: {
  overview: Overview
  allowed: readonly Permission[]
}) {
  const t = useTranslations("overview")
  if (unmappedCodes + quarantined === 0 || !allowed.includes("quarantine:read")) return null
  return (
    <Alert color="yellow" py="xs">
      {unmappedCodes > 0 ? (
        <Text size="sm">
          {t.rich("unmapped", {
            count: unmappedCodes,
            link: (text) => (
              <Anchor component={Link} href={paths.codeTables} size="sm">
                {text}
              </Anchor>
            ),
          })}
        </Text>
      ) : null}
      {quarantined > 0 ? (
        <Text size="sm">
          {t.rich("quarantined", {
            count: quarantined,
            link: (text) => (
              <Anchor component={Link} href={paths.quarantine} size="sm">
                {text}
              </Anchor>
            ),
          })}
        </Text>
      ) : null}
    </Alert>
  )
}
