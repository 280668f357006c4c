import { Paper } from "@mantine/core"
import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ChangePasswordForm } from "@/components/access/change-password-form"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("settings"))("account") })

export default async function AccountPage() {
  await requireActor(paths.account, "account")
  return (
    <Paper withBorder p="md" maw={440}>
      <ChangePasswordForm isOneTime={false} />
    </Paper>
  )
}
