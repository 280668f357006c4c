import { Stack, Text, Title } from "@mantine/core"
import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { ChangePasswordForm } from "@/components/account/change-password-form"
import { pageUser } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

/** Asks a user with a one-time password to choose a new one. */
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("access"))("changePassword"),
})

export default async function ChangePasswordPage() {
  const user = await pageUser()
  if (!user) redirect("/sign-in")
  if (!user.must_change_password) redirect(paths.account)
  const t = await getTranslations("access")
  return (
    <Stack>
      <Title order={1} size="h4">
        {t("changePassword")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("oneTimeText")}
      </Text>
      <ChangePasswordForm isOneTime />
    </Stack>
  )
}
