"use client"

import { Alert, Anchor, Button, Code, Group, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { CopyText } from "@/components/ui/copy-text"
import { createKey } from "@/lib/access/keys/queries"
import { paths } from "@/lib/base/paths"

type Props = {
  /** The new key, once it is created. */
  made: string | null
  mayCreate: boolean
  onMade: (key: string) => void
}

/** Creates a key that may send and read data, for the examples on the page. It is shown only once. */
export function FirstKey({ made, mayCreate, onMade }: Props) {
  const t = useTranslations("sendData")
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: () =>
      createKey({ label: t("keyLabel"), scopes: ["ingest", "read"], reach: null, expiresAt: null }),
    onSuccess: ({ key }) => {
      onMade(key)
      void client.invalidateQueries({ queryKey: ["keys"] })
    },
  })
  if (!mayCreate) return <Text size="sm">{t("askForKey")}</Text>
  if (made !== null)
    return (
      <Alert color="teal" title={t("keyMade")} role="status">
        <Group gap="xs" justify="space-between">
          <Code style={{ overflowWrap: "anywhere" }}>{made}</Code>
          <CopyText text={made} size="xs" />
        </Group>
      </Alert>
    )
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button size="sm" loading={create.isPending} onClick={() => create.mutate()}>
          {t("createKey")}
        </Button>
        <Text size="sm" c="dimmed">
          {t.rich("orKey", {
            link: (text) => (
              <Anchor component={Link} href={paths.keys}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
      </Group>
      {create.isError ? (
        <Alert color="red" role="alert">
          {create.error.message}
        </Alert>
      ) : null}
    </Stack>
  )
}
