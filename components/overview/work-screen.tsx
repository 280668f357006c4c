import { Anchor } from "@mantine/core"
import { getTranslations } from "next-intl/server"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { paths } from "@/lib/base/paths"

/** The first page of users who see only work orders. */
export async function WorkScreen() {
  const t = await getTranslations("work")
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState title={t("empty")}>
        {t("emptyText")}
        <br />
        <Anchor href={paths.account} size="sm">
          {t("account")}
        </Anchor>
      </EmptyState>
    </>
  )
}
