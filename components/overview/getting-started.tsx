"use client"

import { Anchor, Box, List, Paper, Stack, Text, Title } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { FirstKey } from "@/components/keys/first-key"
import { Snippet } from "@/components/ui/snippet"
import { paths } from "@/lib/base/paths"
import { keyPlaceholder } from "@/lib/run/openapi/snippets"

const curl = (origin: string, key: string) => `curl -X POST ${origin}/api/v1/heartbeats \\
  -H "Authorization: Bearer ${key}" -H "Content-Type: application/x-ndjson" \\
  -d '{"terminal":"SN-0001","at":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"}'`

// Otherwise a long command makes the page wider than the screen.
const inBlocks = { itemWrapper: { display: "block" }, itemLabel: { display: "block" } }

type Props = { mayCreateKey: boolean; madeKey: string | null; onMadeKey: (key: string) => void }

/** How to send the first heartbeat, shown without terminals. The page reloads its data every few seconds. */
export function GettingStarted({ mayCreateKey, madeKey, onMadeKey }: Props) {
  const t = useTranslations("overview")
  const origin = useMounted() ? window.location.origin : "http://localhost:3000"
  return (
    <Paper withBorder p="lg" maw={820} mx="auto">
      <Stack>
        <Title order={1} size="h3">
          {t("beginTitle")}
        </Title>
        <Text c="dimmed">{t("beginText")}</Text>
        <List type="ordered" spacing="md" styles={inBlocks}>
          <List.Item>
            {t("beginKey")}
            <Box mt={6}>
              <FirstKey made={madeKey} mayCreate={mayCreateKey} onMade={onMadeKey} />
            </Box>
          </List.Item>
          <List.Item>
            {t("beginBeat")}
            <Snippet label={t("beginBeat")} text={curl(origin, madeKey ?? keyPlaceholder)} />
          </List.Item>
          <List.Item>{t("beginWait")}</List.Item>
        </List>
        <Text>
          {t.rich("beginProgram", {
            link: (text) => (
              <Anchor component={Link} href={paths.sendData}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
        <Text>
          {t.rich("beginFile", {
            link: (text) => (
              <Anchor component={Link} href={paths.imports}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
      </Stack>
    </Paper>
  )
}
