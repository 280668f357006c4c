"use client"

import { Code, Group, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { CopyText } from "@/components/ui/copy-text"
import { Panel } from "@/components/ui/panel"

type Props = { provider: { name: string; issuer: string; groupsClaim: string } | null; redirectUri: string }

/** The provider in the environment, and the addresses to register there. */
export function ProviderPanel({ provider, redirectUri }: Props) {
  const t = useTranslations("signOn")
  return (
    <Panel title={t("provider")}>
      <Stack gap="sm">
        {provider ? (
          <SimpleTable
            layout="fixed"
            hasRowHeads
            rows={(["name", "issuer", "groupsClaim"] as const).map((field) => ({
              key: field,
              cells: [t(field), provider[field]],
            }))}
          />
        ) : (
          <Text size="sm">{t.rich("noProvider", { code: (chunks) => <Code>{chunks}</Code> })}</Text>
        )}
        <Text size="sm" c="dimmed">
          {t("register")}
        </Text>
        <Group gap="xs">
          <Code style={{ overflowWrap: "anywhere" }}>{redirectUri}</Code>
          <CopyText text={redirectUri} size="compact-xs" />
        </Group>
      </Stack>
    </Panel>
  )
}
