"use client"

import { Anchor, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { StoreList } from "@/components/stores/store-list"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { paths } from "@/lib/base/paths"
import type { StoreLack } from "@/lib/fleet/stores/words"

/** Stores that lack something, to complete them one by one. */
export function LackingStores({ what }: { what: StoreLack }) {
  const t = useTranslations("places")
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} />
      <Panel
        title={t(`lacking.${what}`)}
        action={
          <Anchor component={Link} href={paths.places} size="sm">
            {t("allPlaces")}
          </Anchor>
        }
      >
        <StoreList query={{ lacks: what }} withPlace none={t("noneLacking")} />
      </Panel>
    </Stack>
  )
}
