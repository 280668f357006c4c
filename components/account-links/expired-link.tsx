import { Anchor, Stack, Text, Title } from "@mantine/core"
import { getTranslations } from "next-intl/server"
import { paths } from "@/lib/base/paths"

/** Shown for a link that was used, replaced or has expired, or never existed. */
export async function ExpiredLink() {
  const t = await getTranslations("accountLinks")
  return (
    <Stack>
      <Title order={1} size="h4">
        {t("overTitle")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("overText")}
      </Text>
      <Anchor href={paths.signIn} size="sm">
        {t("signIn")}
      </Anchor>
    </Stack>
  )
}
