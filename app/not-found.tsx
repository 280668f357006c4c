import { Anchor, Center, Stack, Text, Title } from "@mantine/core"
import { getTranslations } from "next-intl/server"

export default async function NotFound() {
  const t = await getTranslations("common")
  return (
    <Center mih="60vh">
      <Stack align="center" gap="xs" p="md" ta="center">
        <Title order={1}>{t("notFoundTitle")}</Title>
        <Text c="dimmed">{t("notFoundText")}</Text>
        <Anchor href="/">{t("toOverview")}</Anchor>
      </Stack>
    </Center>
  )
}
