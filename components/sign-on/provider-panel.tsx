"use client"

import { Code, Group, Stack, Table, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { CopyText } from "@/components/ui/copy-text"
import { Panel } from "@/components/ui/panel"

type Props = { provider: { name: string; issuer: string; groupsClaim: string } | null; redirectUri: string }

/** Which provider the environment names, and what must be registered there. */
export function ProviderPanel({ provider, redirectUri }: Props) {
  const t = useTranslations("signOn")
  return (
    <Panel title={t("provider")}>
      <Stack gap="sm">
        {provider ? (
          <Table variant="vertical" layout="fixed" withTableBorder={false}>
            <Table.Tbody>
              {(["name", "issuer", "groupsClaim"] as const).map((field) => (
                <Table.Tr key={field}>
                  <Table.Th w={130}>{t(field)}</Table.Th>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{provider[field]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
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
